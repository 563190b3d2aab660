import { type ConstDirectiveNode, type DocumentNode, Kind, parse } from "graphql";
import type { ComposedGraph } from "./composition-rule";
import { findSchemaTags } from "./library-document";
import { readStringArgument } from "./supergraph-directives";

/** What a supergraph in which nothing else has a tag lacks (tag specification v0.3). */
const SPECIFICATION = parse(
  `schema @link(url: "https://specs.apollo.dev/tag/v0.3") { query: Query }
  directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA`,
  { noLocation: true },
);

/**
 * Writes the tags that subgraphs give their schemas to the supergraph's schema, each once. The composition library
 * refuses them, so it does not get to see them.
 * @returns the same document where there are none
 */
export function completeSchemaTags({ supergraph, subgraphs }: ComposedGraph): DocumentNode {
  const names = subgraphs
    .flatMap(({ document }) => findSchemaTags(document))
    .flatMap((use) => readStringArgument(use, "name") ?? []);
  if (names.length === 0) {
    return supergraph;
  }
  const isDefined = supergraph.definitions.some(
    (definition) => definition.kind === Kind.DIRECTIVE_DEFINITION && definition.name.value === "tag",
  );
  const missing = isDefined ? [] : SPECIFICATION.definitions;
  const directives = [
    ...missing.flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION ? (definition.directives ?? []) : [],
    ),
    ...[...new Set(names)].map(createTag),
  ];
  const definitions = supergraph.definitions.map((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION
      ? { ...definition, directives: [...(definition.directives ?? []), ...directives] }
      : definition,
  );
  return {
    ...supergraph,
    definitions: [...definitions, ...missing.filter(({ kind }) => kind === Kind.DIRECTIVE_DEFINITION)],
  };
}

function createTag(name: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: "tag" },
    arguments: [
      { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: "name" }, value: { kind: Kind.STRING, value: name } },
    ],
  };
}
