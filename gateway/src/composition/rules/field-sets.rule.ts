import { type ConstDirectiveNode, type FieldNode, Kind, type SelectionSetNode } from "graphql";
import type { RuleError } from "../composition-rule";
import { namedTypeOf } from "../field-set";
import { createSubgraphRule } from "../subgraph-rule";
import type { SubgraphSchema } from "../subgraph-schema";
import { readStringArgument } from "../supergraph-directives";
import { describeWrongValue } from "../value-check";

const DIRECTIVES = ["key", "requires", "provides"] as const;

type FieldSetDirective = (typeof DIRECTIVES)[number];

/**
 * A field set is a selection set (GraphQL specification 2.4) of plain fields and inline fragments: no alias, no fragment
 * spread, a selection exactly where the type has fields, known arguments with values of their types, all required ones
 * given. In a key also no union, whose value cannot be told from another's.
 */
export const checkFieldSets = createSubgraphRule((subgraph) =>
  [...subgraph.types.values()].flatMap((type) => [
    ...subgraph.uses(type, "key").flatMap((use) => checkUse(subgraph, "key", use, type.name, type.name)),
    ...[...type.fields.values()].flatMap((field) => {
      const coordinate = `${type.name}.${field.name.value}`;
      return [
        ...subgraph
          .uses(field, "requires")
          .flatMap((use) => checkUse(subgraph, "requires", use, coordinate, type.name)),
        ...subgraph
          .uses(field, "provides")
          .flatMap((use) => checkUse(subgraph, "provides", use, coordinate, namedTypeOf(field.type))),
      ];
    }),
  ]),
);

function checkUse(
  subgraph: SubgraphSchema,
  directive: FieldSetDirective,
  use: ConstDirectiveNode,
  coordinate: string,
  typeName: string,
): RuleError[] {
  const selectionSet = subgraph.readFieldSet(use);
  if (selectionSet === undefined) {
    return [];
  }
  const text = readStringArgument(use, "fields") ?? "";
  return [...findFaults(subgraph, directive, typeName, selectionSet)].map((fault) => ({
    code: fault.isUnionInKey ? "KEY_FIELDS_SELECT_INVALID_TYPE" : `${directive.toUpperCase()}_INVALID_FIELDS`,
    message: `[${subgraph.name}] On "${coordinate}", for @${directive}(fields: ${JSON.stringify(text)}): ${fault.message}.`,
  }));
}

interface Fault {
  readonly message: string;
  readonly isUnionInKey?: boolean;
}

function* findFaults(
  subgraph: SubgraphSchema,
  directive: FieldSetDirective,
  typeName: string,
  selectionSet: SelectionSetNode,
): Generator<Fault> {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      yield { message: `there is no fragment "${selection.name.value}"` };
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* findFaults(subgraph, directive, selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
    } else if (!selection.name.value.startsWith("__")) {
      yield* findFieldFaults(subgraph, directive, typeName, selection);
    }
  }
}

function* findFieldFaults(
  subgraph: SubgraphSchema,
  directive: FieldSetDirective,
  typeName: string,
  node: FieldNode,
): Generator<Fault> {
  const coordinate = `${typeName}.${node.name.value}`;
  if (node.alias !== undefined) {
    yield { message: `"${node.alias.value}" is an alias, which a field set cannot have` };
  }
  const field = subgraph.types.get(typeName)?.fields.get(node.name.value);
  if (field === undefined) {
    return;
  }
  const fieldType = namedTypeOf(field.type);
  const kind = subgraph.types.get(fieldType)?.kind;
  const isComposite = kind === "object" || kind === "interface" || kind === "union";
  if (isComposite && node.selectionSet === undefined) {
    yield { message: `"${coordinate}" is of type ${fieldType} and needs a selection of its fields` };
  } else if (!isComposite && node.selectionSet !== undefined) {
    yield { message: `"${coordinate}" is of type ${fieldType}, which has no fields` };
  }
  if (directive === "key" && kind === "union") {
    yield { message: `"${coordinate}" is a union, which a key cannot have`, isUnionInKey: true };
  }
  for (const { name } of node.arguments ?? []) {
    if (field.arguments?.some((known) => known.name.value === name.value) !== true) {
      yield { message: `"${coordinate}" has no argument "${name.value}"` };
    }
  }
  for (const { name, type, defaultValue } of field.arguments ?? []) {
    const given = node.arguments?.find((argument) => argument.name.value === name.value);
    const fault = given && describeWrongValue(subgraph, type, given.value);
    if (fault !== undefined) {
      yield { message: `argument "${coordinate}(${name.value}:)": ${fault}` };
    } else if (given === undefined && type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined) {
      yield { message: `the required argument "${coordinate}(${name.value}:)" is missing` };
    }
  }
  if (isComposite && node.selectionSet !== undefined) {
    yield* findFaults(subgraph, directive, fieldType, node.selectionSet);
  }
}
