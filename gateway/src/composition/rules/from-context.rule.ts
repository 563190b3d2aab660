import { type ArgumentNode, Kind, type SelectionSetNode } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";
import { findFieldResolvers } from "../field-resolvers";
import { namedTypeOf, parseFieldSet } from "../field-set";
import type { SubgraphSchema } from "../subgraph-schema";

/** One argument with `@fromContext`. */
interface ContextualArgument {
  readonly subgraph: SubgraphSchema;
  readonly typeName: string;
  readonly fieldName: string;
  readonly argumentName: string;
  /** `$user { currency }`. */
  readonly reference: string;
}

/**
 * `@fromContext` (Federation 2.8) beyond what the library refuses. The gateway fills such arguments when a client asks for
 * their field (docs/adr/0024); it cannot where a field set asks for it, nor on an interface object, whose values have no type
 * of their own. A context's selection leads to one value.
 */
export function checkFromContext({ subgraphs }: ComposedGraph): RuleError[] {
  const found = subgraphs.flatMap(findContextualArguments);
  if (found.length === 0) {
    return [];
  }
  const fields = new Set(found.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`));
  return [
    ...found.flatMap(checkArgument),
    ...checkResolvers(subgraphs, fields),
    ...subgraphs.flatMap((subgraph) => [...findFieldSets(subgraph)].flatMap((use) => checkUse(subgraph, use, fields))),
  ];
}

function findContextualArguments(subgraph: SubgraphSchema): ContextualArgument[] {
  return [...subgraph.types.values()].flatMap((type) =>
    [...type.fields.values()].flatMap((field) =>
      (field.arguments ?? []).flatMap((argument) =>
        subgraph.uses(argument, "fromContext").map(({ arguments: given }) => ({
          subgraph,
          typeName: type.name,
          fieldName: field.name.value,
          argumentName: argument.name.value,
          reference: readText(given?.find(({ name }) => name.value === "field")),
        })),
      ),
    ),
  );
}

function readText(argument: ArgumentNode | undefined): string {
  return argument?.value.kind === Kind.STRING ? argument.value.value : "";
}

function checkArgument({ subgraph, typeName, fieldName, argumentName, reference }: ContextualArgument): RuleError[] {
  const coordinate = `[${subgraph.name}] "${typeName}.${fieldName}(${argumentName}:)"`;
  if (subgraph.has(subgraph.types.get(typeName), "interfaceObject")) {
    const message = `${coordinate} is marked @fromContext on an @interfaceObject type, which this gateway does not serve.`;
    return [{ code: "FROM_CONTEXT_NOT_SERVED", message }];
  }
  const selection = parseFieldSet(reference.replace(/^[^{.]*/, ""));
  const fault = selection && findSelectionFault(selection);
  return fault === undefined
    ? []
    : [{ code: "CONTEXT_INVALID_SELECTION", message: `${coordinate}: in ${JSON.stringify(reference)} ${fault}.` }];
}

/** One field, or a fragment for each of several types; inside a field, one field again. */
function findSelectionFault({ selections }: SelectionSetNode, isInField = false): string | undefined {
  const fields = selections.filter((node) => node.kind === Kind.FIELD);
  if (fields.length > 0 && selections.length > 1) {
    return "several fields are selected, and one is needed";
  }
  if (isInField && fields.length === 0) {
    return "a fragment stands inside a field";
  }
  for (const node of selections) {
    if (node.kind === Kind.FIELD && (node.arguments?.length ?? 0) > 0) {
      return `"${node.name.value}" has arguments`;
    }
    const isField = node.kind === Kind.FIELD;
    const inner = node.kind === Kind.FRAGMENT_SPREAD ? undefined : node.selectionSet;
    const fault = inner && findSelectionFault(inner, isInField || isField);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** Where another subgraph can be asked, the planner chooses, and it does not know whose context is set on the way. */
function checkResolvers(subgraphs: readonly SubgraphSchema[], fields: ReadonlySet<string>): RuleError[] {
  const resolvers = findFieldResolvers(subgraphs);
  return [...fields].flatMap((coordinate) => {
    const names = (resolvers.get(coordinate) ?? []).map(({ subgraph }) => subgraph.name);
    const message = `"${coordinate}" has arguments from a context and is resolved by ${names.join(" and ")}: this gateway serves it of one subgraph only.`;
    return names.length > 1 ? [{ code: "FROM_CONTEXT_NOT_SERVED", message }] : [];
  });
}

/** A field set, and where it stands. */
interface FieldSetUse {
  readonly directive: "key" | "requires" | "provides";
  readonly coordinate: string;
  readonly typeName: string;
  readonly selection: SelectionSetNode;
}

function* findFieldSets(subgraph: SubgraphSchema): Generator<FieldSetUse> {
  for (const type of subgraph.types.values()) {
    yield* readUses(subgraph, "key", type, { coordinate: type.name, typeName: type.name });
    for (const field of type.fields.values()) {
      const coordinate = `${type.name}.${field.name.value}`;
      yield* readUses(subgraph, "requires", field, { coordinate, typeName: type.name });
      yield* readUses(subgraph, "provides", field, { coordinate, typeName: namedTypeOf(field.type) });
    }
  }
}

function readUses(
  subgraph: SubgraphSchema,
  directive: FieldSetUse["directive"],
  node: Parameters<SubgraphSchema["uses"]>[0],
  place: Pick<FieldSetUse, "coordinate" | "typeName">,
): FieldSetUse[] {
  return subgraph.uses(node, directive).flatMap((use) => {
    const selection = subgraph.readFieldSet(use);
    return selection === undefined ? [] : [{ ...place, directive, selection }];
  });
}

function checkUse(
  subgraph: SubgraphSchema,
  { directive, coordinate, typeName, selection }: FieldSetUse,
  fields: ReadonlySet<string>,
): RuleError[] {
  return [...new Set(listFields(subgraph, typeName, selection))]
    .filter((field) => fields.has(field))
    .map((field) => ({
      code: "FROM_CONTEXT_NOT_SERVED",
      message: `[${subgraph.name}] On "${coordinate}", @${directive} selects "${field}", whose arguments come from a context: this gateway does not serve that.`,
    }));
}

/** Coordinates of all fields of a field set, those of an interface also by its objects. */
function listFields(subgraph: SubgraphSchema, typeName: string, { selections }: SelectionSetNode): string[] {
  return selections.flatMap((node): string[] => {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      return [];
    }
    if (node.kind === Kind.INLINE_FRAGMENT) {
      return listFields(subgraph, node.typeCondition?.name.value ?? typeName, node.selectionSet);
    }
    const names = [typeName, ...subgraph.possibleTypes(typeName)];
    const field = subgraph.types.get(typeName)?.fields.get(node.name.value);
    const below =
      node.selectionSet === undefined || field === undefined
        ? []
        : listFields(subgraph, namedTypeOf(field.type), node.selectionSet);
    return [...names.map((name) => `${name}.${node.name.value}`), ...below];
  });
}
