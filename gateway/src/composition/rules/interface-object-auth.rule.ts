import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, print, type SelectionSetNode } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";
import { namedTypeOf } from "../field-set";
import type { SubgraphSchema } from "../subgraph-schema";
import { findImplementers } from "./interface-object.rule";

const AUTH = ["authenticated", "requiresScopes", "policy"] as const;

/**
 * A field that an `@interfaceObject` computes from required fields tells what they hold, so it asks for at least as much of
 * the caller as each of them does in any type of the interface. The library looks at the interface's own fields only, and
 * they say nothing of the types': a secret of a type would leave through the interface.
 */
export function checkInterfaceObjectAuth({ subgraphs }: ComposedGraph): RuleError[] {
  const implementers = findImplementers(subgraphs);
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()]
      .filter((type) => subgraph.has(type, "interfaceObject"))
      .flatMap((type) =>
        [...type.fields.values()].flatMap((field) => {
          const owners = [type.name, ...(implementers.get(type.name) ?? [])];
          const own = new Set([...readAuth(subgraph, field), ...readAuth(subgraph, type)]);
          return subgraph
            .uses(field, "requires")
            .flatMap((use) => subgraph.readFieldSet(use) ?? [])
            .flatMap((selectionSet) => findProtected(subgraphs, subgraph, owners, selectionSet))
            .filter(({ auth }) => !own.has(auth))
            .map(({ coordinate, auth }) => ({
              code: "MISSING_TRANSITIVE_AUTH_REQUIREMENTS",
              message: `[${subgraph.name}] "${type.name}.${field.name.value}" requires "${coordinate}", which is ${auth}, and is not so itself.`,
            }));
        }),
      ),
  );
}

interface ProtectedField {
  readonly coordinate: string;
  readonly auth: string;
}

function findProtected(
  subgraphs: readonly SubgraphSchema[],
  reader: SubgraphSchema,
  owners: readonly string[],
  selectionSet: SelectionSetNode,
): ProtectedField[] {
  return selectionSet.selections.flatMap((selection): ProtectedField[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      return findProtected(subgraphs, reader, condition === undefined ? owners : [condition], selection.selectionSet);
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return [];
    }
    const fieldName = selection.name.value;
    const found = subgraphs.flatMap((subgraph) =>
      owners.flatMap((owner) => {
        const field = subgraph.types.get(owner)?.fields.get(fieldName);
        const returned = field && subgraph.types.get(namedTypeOf(field.type));
        const auth = field === undefined ? [] : [...readAuth(subgraph, field), ...readAuth(subgraph, returned)];
        return auth.map((text) => ({ coordinate: `${owner}.${fieldName}`, auth: text }));
      }),
    );
    const inner = owners.flatMap((owner) => reader.types.get(owner)?.fields.get(fieldName) ?? []);
    const innerOwners = inner.flatMap((field) => [
      namedTypeOf(field.type),
      ...reader.possibleTypes(namedTypeOf(field.type)),
    ]);
    return [
      ...found,
      ...(selection.selectionSet === undefined
        ? []
        : findProtected(subgraphs, reader, [...new Set(innerOwners)], selection.selectionSet)),
    ];
  });
}

/** Each requirement as its directive reads, under its own name: two of them are the same when they read the same. */
function readAuth(
  subgraph: SubgraphSchema,
  node: FieldDefinitionNode | { readonly directives?: readonly ConstDirectiveNode[] } | undefined,
): string[] {
  return AUTH.flatMap((directive) =>
    subgraph.uses(node, directive).map((use) => print({ ...use, name: { kind: Kind.NAME, value: directive } })),
  );
}
