import { buildSubgraphSchema as buildFederatedSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type GraphQLSchema, parse } from "graphql";
import { buildSchema, createResolversMap, type NonEmptyArray } from "type-graphql";
import type { RequestContext } from "../request-context";

/** A key with the type's name, as another subgraph refers to an entity. */
export interface Reference {
  readonly __typename: string;
  readonly [keyField: string]: unknown;
}

/** Finds an entity by its key; null when there is no such row for this caller. */
export type ReferenceResolver = (reference: Reference, context: RequestContext) => Promise<unknown> | unknown;

export interface SubgraphSchemaParts {
  /** Resolver classes made for this subgraph; types are those that they reach. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql's own type of a class.
  readonly resolvers: NonEmptyArray<Function>;
  /** Per entity type: how a reference becomes a row. */
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  /** Types that no root field reaches, such as stubs of other subgraphs' entities. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql's own type of a class.
  readonly orphanedTypes?: Function[];
}

const FEDERATION_LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@provides", "@requires", "@tag", "@inaccessible"]
)`;

/**
 * `@Directive("@cacheControl(maxAge: 60)")` on a type or field of public reference data lets a gateway keep it so many seconds.
 * Apollo Server prints the header. Without `scope`, whose enum would become a type of everybody's graph: what is not public has
 * no hint at all.
 */
const CACHE_CONTROL = "directive @cacheControl(maxAge: Int!) on OBJECT | FIELD_DEFINITION";

/** type-graphql's classes -> federation schema. Resolver instances live in `container`, never in a global one. */
export async function buildSubgraphSchema(
  parts: SubgraphSchemaParts,
  container: { get(type: new () => object): object },
): Promise<{ schema: GraphQLSchema; sdl: string }> {
  const plain = await buildSchema({
    resolvers: parts.resolvers,
    orphanedTypes: parts.orphanedTypes ?? [],
    container: { get: (type) => container.get(type) as never },
    validate: { forbidUnknownValues: false, validationError: { target: false, value: false } },
    // The plain schema lacks the federation directives, so graphql-js would call it invalid.
    skipCheck: true,
  });
  // printSchema() of graphql-js and @apollo/subgraph's printer lose the directives that type-graphql keeps on AST nodes.
  const printed = printSchemaWithDirectives(plain);
  const head = printed.includes("@cacheControl(") ? `${FEDERATION_LINK}\n\n${CACHE_CONTROL}` : FEDERATION_LINK;
  const sdl = `${head}\n\n${printed}\n`;
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [typeName, resolveReference] of Object.entries(parts.references)) {
    resolvers[typeName] = {
      ...resolvers[typeName],
      // Async: what is thrown at once would fail every entity of the request, not only its own.
      __resolveReference: async (reference: Reference, context: RequestContext) => resolveReference(reference, context),
    };
  }
  // The array form: with a bare DocumentNode @apollo/subgraph drops resolvers of interfaces.
  const schema = buildFederatedSchema([{ typeDefs: parse(sdl, { noLocation: true }), resolvers: resolvers as never }]);
  return { schema, sdl };
}
