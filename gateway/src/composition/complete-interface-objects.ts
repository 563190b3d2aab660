import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
} from "graphql";
import type { ComposedGraph } from "./composition-rule";
import { readSupergraphMembers } from "./read-subgraph-addresses";
import type { SubgraphSchema } from "./subgraph-schema";
import { findDirectives, readStringArgument } from "./supergraph-directives";

/**
 * Writes into a supergraph which fields of an interface are external in the subgraphs that have it as `@interfaceObject`.
 * The composition library leaves that out, and the planner then asks such a subgraph for a field that it cannot resolve,
 * and for what it computes of it before the field is there.
 * @returns the same document where there is nothing to add
 */
export function completeInterfaceObjects({ supergraph, subgraphs }: ComposedGraph): DocumentNode {
  const interfaceNames = new Set(
    subgraphs.flatMap((subgraph) =>
      [...subgraph.types.values()]
        .filter((type) => subgraph.has(type, "interfaceObject"))
        .filter((type) => [...type.fields.values()].some((field) => isExternal(subgraph, type.name, field.name.value)))
        .map(({ name }) => name),
    ),
  );
  if (interfaceNames.size === 0) {
    return supergraph;
  }
  const graphNames = new Map(readSupergraphMembers(supergraph).map(({ name, graph }) => [name, graph]));
  const definitions = supergraph.definitions.map((definition) =>
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION && interfaceNames.has(definition.name.value)
      ? completeInterface(definition, subgraphs, graphNames)
      : definition,
  );
  return { ...supergraph, definitions };
}

function completeInterface(
  node: InterfaceTypeDefinitionNode,
  subgraphs: readonly SubgraphSchema[],
  graphNames: ReadonlyMap<string, string>,
): InterfaceTypeDefinitionNode {
  return { ...node, fields: node.fields?.map((field) => completeField(node.name.value, field, subgraphs, graphNames)) };
}

function completeField(
  typeName: string,
  field: FieldDefinitionNode,
  subgraphs: readonly SubgraphSchema[],
  graphNames: ReadonlyMap<string, string>,
): FieldDefinitionNode {
  const fieldName = field.name.value;
  const owners = subgraphs.filter((subgraph) => subgraph.types.get(typeName)?.fields.has(fieldName) === true);
  if (!owners.some((subgraph) => isExternal(subgraph, typeName, fieldName))) {
    return field;
  }
  const uses = findDirectives(field, "join__field");
  const written = new Set(uses.map((use) => readStringArgument(use, "graph")));
  const missing = owners.flatMap((subgraph): ConstDirectiveNode[] => {
    const graph = graphNames.get(subgraph.name);
    const external = isExternal(subgraph, typeName, fieldName);
    // Without any use every subgraph resolves the field; with one, only those that are named.
    return graph === undefined || written.has(graph) || (uses.length > 0 && !external)
      ? []
      : [joinField(graph, external)];
  });
  return { ...field, directives: [...(field.directives ?? []), ...missing] };
}

function isExternal(subgraph: SubgraphSchema, typeName: string, fieldName: string): boolean {
  const type = subgraph.types.get(typeName);
  return subgraph.has(type, "interfaceObject") && subgraph.has(type?.fields.get(fieldName), "external");
}

function joinField(graph: string, isExternalThere: boolean): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: "join__field" },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: "graph" },
        value: { kind: Kind.ENUM, value: graph },
      },
      ...(isExternalThere
        ? [
            {
              kind: Kind.ARGUMENT as const,
              name: { kind: Kind.NAME as const, value: "external" },
              value: { kind: Kind.BOOLEAN as const, value: true },
            },
          ]
        : []),
    ],
  };
}
