import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from "graphql";
import { findDirectives, readBooleanArgument, readStringArgument } from "../../composition/supergraph-directives";

/** `@listSize` of one field (https://ibm.github.io/graphql-specs/cost-spec.html, as Federation 2.9 has it). */
export interface ListSizeRule {
  /** Items when no slicing argument says how many. */
  readonly assumedSize: number | undefined;
  readonly slicingArguments: readonly string[];
  /** Fields of the returned object that hold the items; empty when the field itself is the list. */
  readonly sizedFields: ReadonlySet<string>;
  /** Whether a request must give exactly one of the slicing arguments. */
  readonly isOneArgumentRequired: boolean;
}

export interface FieldCostRule {
  /** `@cost` of the field; it replaces the weight of the field's type. */
  readonly weight: number | undefined;
  readonly listSize: ListSizeRule | undefined;
  /** `@cost` of the arguments that have one. */
  readonly argumentWeights: ReadonlyMap<string, number>;
}

/** Everything that a supergraph says about costs. */
export interface CostRules {
  /** `@cost` of object types, scalars and enums. */
  readonly typeWeights: ReadonlyMap<string, number>;
  /** By `Type.field`. */
  readonly fields: ReadonlyMap<string, FieldCostRule>;
  /** `@cost` of fields of input types, by `Type.field`. */
  readonly inputFieldWeights: ReadonlyMap<string, number>;
}

interface DirectiveNames {
  readonly cost: string;
  readonly listSize: string;
}

const COST_SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/cost\/v\d/;

/** Reads `@cost` and `@listSize` by the names that the supergraph's `@link` to the specification gives them. */
export function readCostRules(supergraph: DocumentNode): CostRules {
  const names = readDirectiveNames(supergraph);
  const typeWeights = new Map<string, number>();
  const fields = new Map<string, FieldCostRule>();
  const inputFieldWeights = new Map<string, number>();
  for (const definition of names === undefined ? [] : supergraph.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        setWeight(typeWeights, definition.name.value, definition, names);
        for (const field of definition.fields ?? []) {
          const argumentWeights = new Map<string, number>();
          for (const argument of field.arguments ?? []) {
            setWeight(argumentWeights, argument.name.value, argument, names);
          }
          const weight = readWeight(field, names);
          const listSize = readListSize(field, names);
          if (weight !== undefined || listSize !== undefined || argumentWeights.size > 0) {
            fields.set(`${definition.name.value}.${field.name.value}`, { weight, listSize, argumentWeights });
          }
        }
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        for (const field of definition.fields ?? []) {
          setWeight(inputFieldWeights, `${definition.name.value}.${field.name.value}`, field, names);
        }
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        setWeight(typeWeights, definition.name.value, definition, names);
        break;
      default:
    }
  }
  return { typeWeights, fields, inputFieldWeights };
}

/** Undefined when the supergraph does not use the specification: a `@cost` of somebody's own means something else. */
function readDirectiveNames(supergraph: DocumentNode): DirectiveNames | undefined {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
      continue;
    }
    const link = findDirectives(definition, "link").find((node) =>
      COST_SPECIFICATION.test(readStringArgument(node, "url") ?? ""),
    );
    if (link !== undefined) {
      const imported = readImports(link);
      const namespace = readStringArgument(link, "as") ?? "cost";
      return {
        // The directive named like its specification needs no prefix (core specification, "name").
        cost: imported.get("@cost") ?? namespace,
        listSize: imported.get("@listSize") ?? `${namespace}__listSize`,
      };
    }
  }
  return undefined;
}

/** The link's imported names (with `@`) -> names in this document (without). */
function readImports(link: ConstDirectiveNode): ReadonlyMap<string, string> {
  const value = link.arguments?.find((argument) => argument.name.value === "import")?.value;
  const names = new Map<string, string>();
  for (const element of value?.kind === Kind.LIST ? value.values : []) {
    const [name, alias] =
      element.kind === Kind.OBJECT
        ? ["name", "as"].map((key) => readString(element.fields.find((field) => field.name.value === key)?.value))
        : [readString(element)];
    if (name !== undefined) {
      names.set(name, (alias ?? name).replace(/^@/, ""));
    }
  }
  return names;
}

function readString(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}

type Annotated = Parameters<typeof findDirectives>[0];

function setWeight(weights: Map<string, number>, key: string, node: Annotated, names: DirectiveNames | undefined) {
  const weight = readWeight(node, names);
  if (weight !== undefined) {
    weights.set(key, weight);
  }
}

function readWeight(node: Annotated, names: DirectiveNames | undefined): number | undefined {
  const [directive] = names === undefined ? [] : findDirectives(node, names.cost);
  return directive && readIntArgument(directive, "weight");
}

function readListSize(node: Annotated, names: DirectiveNames | undefined): ListSizeRule | undefined {
  const [directive] = names === undefined ? [] : findDirectives(node, names.listSize);
  return (
    directive && {
      assumedSize: readIntArgument(directive, "assumedSize"),
      slicingArguments: readStringList(directive, "slicingArguments"),
      sizedFields: new Set(readStringList(directive, "sizedFields")),
      isOneArgumentRequired: readBooleanArgument(directive, "requireOneSlicingArgument", true),
    }
  );
}

/** Weights may also be written as strings, as the first edition of the specification had them. */
function readIntArgument(directive: ConstDirectiveNode, name: string): number | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  const number = value?.kind === Kind.INT || value?.kind === Kind.STRING ? Number(value.value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function readStringList(directive: ConstDirectiveNode, name: string): readonly string[] {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  const values = value?.kind === Kind.LIST ? value.values : value === undefined ? [] : [value];
  return values.flatMap((element) => readString(element) ?? []);
}
