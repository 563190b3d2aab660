import { type DocumentNode, Kind } from "graphql";
import { NODE_SUBGRAPH_URL } from "../composition/node-subgraph";
import { readSupergraphMembers } from "../composition/read-subgraph-addresses";
import { findDirectives, readBooleanArgument, readStringArgument } from "../composition/supergraph-directives";

/**
 * Type name -> name of its home subgraph, for every type that can be fetched by its id: the subgraph in which the type
 * implements Node and has a resolvable key `id`.
 */
export function readNodeHomes(supergraph: DocumentNode): Map<string, string> {
  const nameOfGraph = new Map(
    readSupergraphMembers(supergraph)
      .filter(({ url }) => url !== NODE_SUBGRAPH_URL)
      .map(({ graph, name }) => [graph, name]),
  );
  const homes = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) {
      continue;
    }
    const resolvableIn = new Set(
      findDirectives(definition, "join__type")
        .filter((node) => readStringArgument(node, "key") === "id" && readBooleanArgument(node, "resolvable", true))
        .map((node) => readStringArgument(node, "graph")),
    );
    for (const directive of findDirectives(definition, "join__implements")) {
      const graph = readStringArgument(directive, "graph");
      const home = graph === undefined ? undefined : nameOfGraph.get(graph);
      if (readStringArgument(directive, "interface") === "Node" && resolvableIn.has(graph) && home !== undefined) {
        homes.set(definition.name.value, home);
      }
    }
  }
  return homes;
}
