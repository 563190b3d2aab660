import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, graphql, Kind, parse } from "graphql";
import type { SubgraphFixture } from "./federation";

type Row = Readonly<Record<string, unknown>>;

/** A row and the objects that it was reached through, nearest first. */
interface Reached {
  readonly __typename: string;
  readonly row: Row;
  readonly above: readonly Reached[];
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: [
  "@key", "@requires", "@external", "@shareable", "@context", "@fromContext"
])\n`;

/** Contexts of an interface, a union and the query type; contextual fields behind one another, and with @requires. */
const SDL = {
  a: `
    type Query @context(name: "payer") @context(name: "place") @context(name: "site") {
      currency: String
      language: Language
      shops: [Shop!]!
      owners: [Owner]
      anything: [Thing!]!
    }
    enum Language { EN ZH }
    interface Thing { id: ID! }
    interface Payer @context(name: "payer") { id: ID! currency: String }
    type Shop implements Payer & Thing @key(fields: "id") @context(name: "place") {
      id: ID!
      currency: String @external
      products: [Product!]
      rooms: [[Room]]
    }
    type Room { number: Int products: [Product] }
    union Owner @context(name: "place") = Person | Firm
    type Person implements Payer & Thing @key(fields: "id") {
      id: ID!
      currency: String
      favourite: Product
      greeting(language: Language @fromContext(field: "$site { language }"), loud: Boolean): String!
    }
    type Firm implements Thing @key(fields: "id") { id: ID! unit: Unit product: Product }
    type Unit { names: [String!] }
    type Product implements Thing @key(fields: "id") @key(fields: "sku") {
      id: ID!
      sku: ID!
      weight: Int @external
      price(currency: String @fromContext(field: "$payer { currency }"), digits: Int): String
      place(
        at: String @fromContext(field: "$place ... on Query { currency } ... on Shop { currency } ... on Person { currency }")
        kind: String @fromContext(field: "$payer { __typename }")
      ): String!
      label(currency: String @fromContext(field: "$payer { currency }")): String @requires(fields: "weight")
      twin(currency: String @fromContext(field: "$payer { currency }")): Product
      buyer(currency: String @fromContext(field: "$payer { currency }")): Person
    }`,
  b: `
    type Query { best: Product }
    type Shop @key(fields: "id") { id: ID! currency: String }
    type Product @key(fields: "sku") { sku: ID! weight: Int related: [Product] }`,
  c: `
    type Query { people: [Person!] }
    type Shop @key(fields: "id") { id: ID! staff: [Person!] }
    type Person @key(fields: "id") { id: ID! friend: Person buys: [Product] }
    type Product @key(fields: "id", resolvable: false) { id: ID! }`,
} as const;

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  Query: [
    {
      currency: "USD",
      language: "ZH",
      shops: ["Shop:s1", "Shop:s2"],
      owners: ["Person:p1", null, "Firm:f1", "Firm:f2"],
      anything: ["Product:1", "Shop:s2", "Firm:f1", "Person:p2"],
      best: "Product:2",
      people: ["Person:p2", "Person:p1"],
    },
  ],
  Shop: [
    {
      id: "s1",
      currency: "CNY",
      products: ["Product:1", "Product:2"],
      rooms: [["Room:r1", null], null, ["Room:r2"]],
      staff: ["Person:p1", "Person:p2"],
    },
    { id: "s2", currency: null, products: ["Product:1"], rooms: [], staff: [] },
  ],
  Room: [
    { id: "r1", number: 1, products: ["Product:2", null] },
    { id: "r2", number: 2, products: null },
  ],
  Person: [
    { id: "p1", currency: "EUR", favourite: "Product:3", friend: "Person:p2", buys: ["Product:1", "Product:3"] },
    { id: "p2", currency: "CNY", favourite: null, friend: null, buys: ["Product:2"] },
  ],
  Firm: [
    { id: "f1", unit: "Unit:u1", product: "Product:1" },
    { id: "f2", unit: null, product: "Product:2" },
  ],
  Unit: [{ id: "u1", names: ["kg", "t"] }],
  Product: [
    { id: "1", sku: "k1", weight: 10, related: ["Product:2", null], twin: "Product:2", buyer: "Person:p1" },
    { id: "2", sku: "k2", weight: null, related: [], twin: "Product:3", buyer: null },
    { id: "3", sku: "k3", weight: 30, related: ["Product:1"], twin: null, buyer: "Person:p2" },
  ],
};

/** What is computed, of a row and all arguments. */
const COMPUTED: Readonly<Record<string, (row: Row, given: Row) => unknown>> = {
  "Product.price": (row, { currency, digits }) => `${row["id"]} ${currency} ${digits}`,
  "Product.place": (row, { at, kind }) => `${row["id"]} at ${at} of a ${kind}`,
  "Product.label": (row, { currency }) => `${row["weight"]} kg for ${currency}`,
  // A context decides which row it is.
  "Product.twin": (row, { currency }) => (currency === "EUR" ? "Product:1" : row["twin"]),
  "Product.buyer": (row, { currency }) => (currency === null ? null : row["buyer"]),
  "Person.greeting": (row, { language, loud }) => `${row["id"]} ${language} ${loud}`,
};

/** Of the contextual fields: argument -> its value by the objects above. */
const CONTEXTUAL: Readonly<Record<string, Readonly<Record<string, (above: readonly Reached[]) => unknown>>>> = {
  "Product.price": { currency: readCurrency },
  "Product.place": { at: readPlace, kind: (above) => findAbove(above, ["Shop", "Person", "Query"])?.__typename },
  "Product.label": { currency: readCurrency },
  "Product.twin": { currency: readCurrency },
  "Product.buyer": { currency: readCurrency },
  "Person.greeting": { language: (above) => findAbove(above, ["Query"])?.row["language"] },
};

function readCurrency(above: readonly Reached[]): unknown {
  return findAbove(above, ["Shop", "Person", "Query"])?.row["currency"];
}

/** Firms set the context as well; the selection has nothing for them. */
function readPlace(above: readonly Reached[]): unknown {
  return findAbove(above, ["Shop", "Person", "Firm", "Query"])?.row["currency"] ?? null;
}

function findAbove(above: readonly Reached[], types: readonly string[]): Reached | undefined {
  return above.find(({ __typename }) => types.includes(__typename));
}

/** `Product:1` and lists of such. */
function reach(value: unknown, above: readonly Reached[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => reach(item, above));
  }
  const [typeName = "", id] = typeof value === "string" ? value.split(":") : [];
  const row = ROWS[typeName]?.find((candidate) => candidate["id"] === id);
  return row === undefined ? value : { __typename: typeName, row, above };
}

/** The same data in one graphql-js schema, whose resolvers know what is above them. */
export async function askContextMonolith(schema: GraphQLSchema, query: string, variables: Row): Promise<unknown> {
  const fieldResolver: GraphQLFieldResolver<Reached, unknown> = (source, given, context, info) => {
    const coordinate = `${info.parentType.name}.${info.fieldName}`;
    const { row, above } = source;
    const compute = COMPUTED[coordinate];
    if (compute === undefined && !Object.hasOwn(row, info.fieldName)) {
      return defaultFieldResolver(source, given, context, info);
    }
    const filled = Object.entries(CONTEXTUAL[coordinate] ?? {}).map(([name, read]) => [name, read(above) ?? null]);
    const value =
      compute === undefined ? row[info.fieldName] : compute(row, { ...given, ...Object.fromEntries(filled) });
    return reach(value, [source, ...above]);
  };
  const rootValue: Reached = { __typename: "Query", row: ROWS["Query"]?.[0] ?? {}, above: [] };
  const result = await graphql({ schema, source: query, variableValues: variables, rootValue, fieldResolver });
  return JSON.parse(JSON.stringify(result));
}

/** The same data in three subgraphs, each of which knows its own fields and what it is sent. */
export const CONTEXT_SUBGRAPHS: Readonly<Record<string, SubgraphFixture>> = Object.fromEntries(
  Object.entries(SDL).map(([name, typeDefs]) => [name, { link: LINK, typeDefs, resolvers: createResolvers(typeDefs) }]),
);

function createResolvers(typeDefs: string): Record<string, unknown> {
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const definition of parse(typeDefs).definitions) {
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION || definition.kind === Kind.UNION_TYPE_DEFINITION) {
      resolvers[definition.name.value] = { __resolveType: ({ __typename }: Reached) => __typename };
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) {
      continue;
    }
    const typeName = definition.name.value;
    const fields = (definition.fields ?? []).map(({ name, directives }) => {
      const isExternal = directives?.some((directive) => directive.name.value === "external") === true;
      return [name.value, createResolver(typeName, name.value, isExternal)];
    });
    resolvers[typeName] = { ...Object.fromEntries(fields), __resolveReference: (sent: Row) => findRow(typeName, sent) };
  }
  delete resolvers["Query"]?.["__resolveReference"];
  return resolvers;
}

/** With what was sent on top: `@requires` must come from there. */
function findRow(typeName: string, sent: Row): (Reached & { readonly sent: Row }) | null {
  const row = ROWS[typeName]?.find(
    (candidate) => candidate["id"] === sent["id"] || (sent["sku"] !== undefined && candidate["sku"] === sent["sku"]),
  );
  return row === undefined ? null : { __typename: typeName, row, above: [], sent };
}

function createResolver(typeName: string, fieldName: string, isExternal: boolean) {
  return (source: (Reached & { readonly sent?: Row }) | undefined, given: Row) => {
    const row = source?.row ?? ROWS["Query"]?.[0] ?? {};
    if (isExternal) {
      throw new Error(`${fieldName} is not asked of this subgraph`);
    }
    const compute = COMPUTED[`${typeName}.${fieldName}`];
    const value = compute === undefined ? row[fieldName] : compute({ ...row, weight: source?.sent?.["weight"] }, given);
    return reach(value, []);
  };
}
