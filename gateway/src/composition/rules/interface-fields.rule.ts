import { type InterfaceTypeDefinitionNode, Kind, type ObjectTypeDefinitionNode } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";

/**
 * In the graph as in a schema, whatever implements an interface has all its fields (GraphQL specification 3.7): also an
 * interface, and also the fields that another subgraph adds to the interface.
 */
export function checkInterfaceFields({ supergraph }: ComposedGraph): RuleError[] {
  const types = new Map<string, InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      types.set(definition.name.value, definition);
    }
  }
  return [...types.values()].flatMap((type) => {
    const own = new Set(type.fields?.map(({ name }) => name.value));
    return (type.interfaces ?? []).flatMap(({ name: parent }) =>
      (types.get(parent.value)?.fields ?? [])
        .filter(({ name }) => !own.has(name.value))
        .map(({ name }) => ({
          code: "INTERFACE_FIELD_NO_IMPLEM",
          message: `"${type.name.value}" implements "${parent.value}" and has no field "${name.value}": one of the subgraphs that define it must add it.`,
        })),
    );
  });
}
