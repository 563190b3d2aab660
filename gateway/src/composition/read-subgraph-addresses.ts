import { type DocumentNode, Kind, parse } from "graphql";
import { findDirectives, readStringArgument } from "./supergraph-directives";

/** One `join__Graph` value: `NEEDS @join__graph(name: "needs", url: "http://...")`. */
export interface SupergraphMember {
  /** The enum value, by which the other join directives name the subgraph. */
  readonly graph: string;
  readonly name: string;
  readonly url: string;
}

/** Subgraph name -> address, in the order of the supergraph. @throws GraphQLError for a malformed document */
export function readSubgraphAddresses(supergraphSdl: string): Map<string, string> {
  const members = readSupergraphMembers(parse(supergraphSdl, { noLocation: true }));
  return new Map(members.map(({ name, url }) => [name, url]));
}

export function readSupergraphMembers(supergraph: DocumentNode): SupergraphMember[] {
  const members: SupergraphMember[] = [];
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") {
      continue;
    }
    for (const value of definition.values ?? []) {
      const [directive] = findDirectives(value, "join__graph");
      const name = directive && readStringArgument(directive, "name");
      if (directive !== undefined && name !== undefined) {
        members.push({ graph: value.name.value, name, url: readStringArgument(directive, "url") ?? "" });
      }
    }
  }
  return members;
}
