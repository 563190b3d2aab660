import { HubError } from "@alliance-hub/shared/hub-error";
import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type ValueNode,
} from "graphql";
import { RequestRefused } from "../request-refused";
import { type CostFormula, clamp, type Variables } from "./cost-formula";
import type { ListSizeRule } from "./cost-rules";

/** Items of a list of which nothing is said. */
const ASSUMED_LIST_SIZE = 10;

/** Items of a page whose size the request leaves to the subgraph. */
const ASSUMED_PAGE_SIZE = 20;

/** Arguments that bound a list where no `@listSize` says otherwise: pages of Relay's kind, and rows asked for by id. */
const PAGE_ARGUMENTS = ["first", "last"];
const ID_LIST_ARGUMENTS = ["ids"];

/** How many items a field is to bring, and where they are. */
export interface ListSize {
  /** Fields of the returned object that hold the items; empty when the field itself is the list. */
  readonly sizedFields: ReadonlySet<string>;
  readonly size: CostFormula;
}

const NO_FIELDS: ReadonlySet<string> = new Set();

/** By the field's `@listSize`, or by the habits of page arguments and connections. */
export function readListSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  rule: ListSizeRule | undefined,
): ListSize {
  if (rule !== undefined) {
    const assumedSize = clamp(rule.assumedSize ?? ASSUMED_LIST_SIZE);
    return { sizedFields: rule.sizedFields, size: sizeOf(node, field, rule, assumedSize) };
  }
  const slicingArguments = inferSlicingArguments(field);
  const assumedSize = slicingArguments.length === 0 ? ASSUMED_LIST_SIZE : ASSUMED_PAGE_SIZE;
  const inferred = { slicingArguments, isOneArgumentRequired: false };
  return { sizedFields: inferSizedFields(field), size: sizeOf(node, field, inferred, assumedSize) };
}

/** Levels of lists in the field's type: 2 for `[[Int]]`. */
export function countListLevels({ type }: GraphQLField<unknown, unknown>): number {
  let levels = 0;
  let inner = getNullableType(type);
  while (isListType(inner)) {
    levels += 1;
    inner = getNullableType(inner.ofType);
  }
  return levels;
}

/** Items of the lists inside a list: of their size nothing is ever said. */
export function innerListSize(levels: number): number {
  return clamp(ASSUMED_LIST_SIZE ** Math.max(levels - 1, 0));
}

function inferSlicingArguments({ args }: GraphQLField<unknown, unknown>): readonly string[] {
  return args.flatMap(({ name, type }) => {
    const isNumber = getNullableType(type).toString() === "Int";
    const isList = isListType(getNullableType(type));
    return (isNumber && PAGE_ARGUMENTS.includes(name)) || (isList && ID_LIST_ARGUMENTS.includes(name)) ? [name] : [];
  });
}

/** The lists of a connection: an object with a `pageInfo`. */
function inferSizedFields(field: GraphQLField<unknown, unknown>): ReadonlySet<string> {
  const type = getNamedType(field.type);
  if (countListLevels(field) > 0 || !(isObjectType(type) || isInterfaceType(type))) {
    return NO_FIELDS;
  }
  const fields = type.getFields();
  return fields["pageInfo"] === undefined
    ? NO_FIELDS
    : new Set(Object.values(fields).flatMap((inner) => (countListLevels(inner) > 0 ? [inner.name] : [])));
}

type SlicingRule = Pick<ListSizeRule, "slicingArguments" | "isOneArgumentRequired">;

function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { slicingArguments, isOneArgumentRequired }: SlicingRule,
  assumedSize: number,
): CostFormula {
  const readers = slicingArguments.flatMap((name) => {
    const argument = field.args.find((candidate) => candidate.name === name);
    return argument === undefined ? [] : [readerOf(node, argument)];
  });
  if (readers.length === 0) {
    return assumedSize;
  }
  const compute = (variables: Variables): number => {
    const given = readers.flatMap(({ read }) => read(variables) ?? []);
    if (isOneArgumentRequired && given.length !== 1) {
      throw wantsOneArgument(field.name, slicingArguments);
    }
    const sizes = given.length > 0 ? given : readers.flatMap(({ defaultSize }) => defaultSize ?? []);
    return sizes.length === 0 ? assumedSize : Math.max(...sizes);
  };
  // Only a number that is in the document is known before the request; the refusal is the request's, too.
  return readers.some(({ isVariable }) => isVariable) || isOneArgumentRequired ? compute : compute({});
}

interface SizeReader {
  readonly isVariable: boolean;
  /** Undefined when the request does not give the argument, or null. */
  readonly read: (variables: Variables) => number | undefined;
  /** By the schema's default; undefined when there is none. */
  readonly defaultSize: number | undefined;
}

function readerOf(node: FieldNode, argument: GraphQLArgument): SizeReader {
  const value = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
  const defaultSize = sizeOfValue(argument.defaultValue);
  if (value?.kind === Kind.VARIABLE) {
    const { name } = value;
    return { isVariable: true, read: (variables) => sizeOfValue(variables[name.value]), defaultSize };
  }
  const size = value && sizeOfLiteral(value);
  return { isVariable: false, read: () => size, defaultSize };
}

function sizeOfLiteral(value: ValueNode): number | undefined {
  switch (value.kind) {
    case Kind.NULL:
      return undefined;
    case Kind.INT:
      return clamp(Number(value.value));
    case Kind.LIST:
      return value.values.length;
    default:
      return 1;
  }
}

/** A list's length; a single value in place of a list is one item. */
function sizeOfValue(value: unknown): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.length;
  }
  return typeof value === "number" ? clamp(value) : 1;
}

function wantsOneArgument(fieldName: string, names: readonly string[]): RequestRefused {
  return new RequestRefused([
    new HubError("BAD_USER_INPUT", `The field "${fieldName}" needs exactly one of its arguments ${names.join(", ")}.`, {
      fields: [...names],
    }),
  ]);
}
