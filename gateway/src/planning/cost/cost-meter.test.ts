import { HubError } from "@alliance-hub/shared/hub-error";
import { type GraphQLError, getIntrospectionQuery, Kind, parse, specifiedRules, validate } from "graphql";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { coerceVariables } from "../coerce-variables";
import type { ValidOperation } from "../planner";
import { RequestRefused } from "../request-refused";
import { readSupergraph, type Supergraph } from "../supergraph";
import { createCostMeter } from "./cost-meter";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@cost", { name: "@listSize", as: "@size" }
])`;

const SDL = `${LINK}
  type Query {
    one: A
    plain: [A!]
    grid: [[A!]]
    page(first: Int, last: Int): [A!]
    given(first: Int = 7): [A!]
    byId(ids: [ID!]!): [A!]
    connection(first: Int, after: String): Connection
    assumed: [A!] @size(assumedSize: 3)
    sliced(take: Int, limit: Int = 4): [A!] @size(slicingArguments: ["take", "limit"], requireOneSlicingArgument: false)
    strict(take: Int, most: Int): [A!] @size(slicingArguments: ["take", "most"])
    sized(take: Int!): Envelope @size(slicingArguments: ["take"], sizedFields: ["rows"])
    dear: [A!] @cost(weight: 5)
    rebate: A @cost(weight: -9)
    either: Either
    named: [Named!]
    find(filter: Filter, filters: [Filter!], tag: Int @cost(weight: 20)): A
    levels: [Level!]!
  }
  type Mutation { change: A note: Int }
  type A implements Named { x: Int deep: Int @cost(weight: 2) name: String as: [A!] heavy: Heavy level: Level }
  type Heavy implements Named @cost(weight: 50) { x: Int name: String @cost(weight: 30) }
  interface Named { name: String }
  union Either = A | Heavy
  enum Level @cost(weight: 4) { HIGH LOW }
  type Connection { edges: [Edge!]! nodes: [A!]! pageInfo: PageInfo! total: Int }
  type Edge { cursor: String node: A }
  type PageInfo @shareable { hasNextPage: Boolean }
  type Envelope { rows: [A!] others: [A!] }
  input Filter { a: Int b: Filter c: [Filter!] d: Int @cost(weight: 3) }
`;

function supergraphOf(sdl: string): Supergraph {
  const { supergraphSdl, errors } = composeSupergraph([{ name: "a", url: "http://a.test", sdl }]);
  if (supergraphSdl === undefined) {
    throw new Error(JSON.stringify(errors));
  }
  return readSupergraph(supergraphSdl);
}

const SUPERGRAPH = supergraphOf(SDL);

function costOf(
  query: string,
  variables: Record<string, unknown> = {},
  maxCost = Number.MAX_SAFE_INTEGER,
  supergraph = SUPERGRAPH,
): number {
  const document = parse(query);
  const schema = supergraph.publicSchema;
  // Without the rule on the depth of introspection: costs must be right for what a schema of another version lets pass.
  const errors = validate(
    schema,
    document,
    specifiedRules.filter(({ name }) => name !== "MaxIntrospectionDepthRule"),
  );
  if (errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) {
    throw new Error("the document has no operation");
  }
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const valid: ValidOperation = {
    query,
    operation,
    operationKind: operation.operation === "mutation" ? "mutation" : "query",
    operationName: undefined,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
  const coerced = coerceVariables(schema, operation.variableDefinitions ?? [], variables);
  return createCostMeter(supergraph, maxCost).measureCost(valid, coerced);
}

function refusalOf(act: () => unknown): GraphQLError | undefined {
  try {
    act();
  } catch (error) {
    return error instanceof RequestRefused ? error.errors[0] : undefined;
  }
  return undefined;
}

describe("createCostMeter().measureCost()", () => {
  it.each([
    ["{ __typename one { x name } }", 1, "an object is 1, its scalars 0"],
    ["{ one { as { as { x } } } }", 1 + 10 * (1 + 10), "lists of which nothing is said have 10 items"],
    ["{ grid { x } }", 100, "of lists in a list as well"],
    ["{ page(first: 3) { x } }", 3, "a page argument"],
    ["{ page(last: 4) { x } }", 4, "the other page argument"],
    ["{ page { x } }", 20, "a page of unknown size"],
    ["{ page(first: null) { x } }", 20, "null is no size"],
    ["{ page(first: -5) { x } }", 0, "no list is shorter than empty"],
    ["{ given { x } }", 7, "the schema's default"],
    ['{ byId(ids: ["1", "2", "3"]) { x } }', 3, "one item for each id"],
    ['{ byId(ids: "1") { x } }', 1, "one id in place of a list"],
    ["{ connection(first: 5) { nodes { x } pageInfo { hasNextPage } total } }", 1 + 5 + 1, "nodes of a connection"],
    ["{ connection(first: 5) { edges { cursor node { x } } } }", 1 + 5 * 2, "edges of a connection"],
    ["{ connection(first: 5) { ...N } } fragment N on Connection { nodes { x } }", 1 + 5, "nodes in a fragment"],
    ["{ connection { nodes { x } } }", 1 + 20, "a connection of unknown size"],
    ["{ assumed { x } }", 3, "assumedSize"],
    ["{ sliced(take: 6) { x } }", 6, "a slicing argument; the default of the other does not count"],
    ["{ sliced(take: 6, limit: 9) { x } }", 9, "the larger of two"],
    ["{ sliced { x } }", 4, "the default of a slicing argument"],
    ["{ strict(take: 2) { x } }", 2, "the one argument that is required"],
    ["{ sized(take: 8) { rows { x } others { x } } }", 1 + 8 + 10, "sizedFields, and lists beside them"],
    ["{ dear { x } }", 10 * 5, "@cost of a field in place of its type's"],
    ["{ dear { as { x } deep } }", 10 * (5 + 10 + 2), "@cost of a scalar field"],
    ["{ rebate { heavy { x } } }", 50, "a negative weight gives nothing back"],
    ["{ one { level } levels }", 1 + 4 + 10 * 4, "@cost of an enum"],
    ["{ either { __typename } }", 50, "the dearest type of a union"],
    ["{ named { name } }", 10 * (50 + 30), "the dearest field of an interface's types"],
    ["{ either { ... on A { as { x } } ... on Heavy { x } } }", 50 + 10, "fragments on possible types"],
    ["{ find(filter: { a: 1 }) { x } }", 2, "an input object is 1"],
    ["{ find(filter: { b: { c: [{}, {}] } }) { x } }", 1 + 4, "input objects inside one another"],
    ["{ find(filters: [{ d: 1 }, { d: 2, a: 3 }], tag: 1) { x } }", 1 + 2 * (1 + 3) + 20, "weights of inputs"],
    ["mutation { change { x } note }", 11 + 10, "a change is 10"],
    ["{ one { x } two: one { x } }", 2, "a field under two names counts twice"],
    ["{ one @skip(if: true) { x } plain @include(if: false) { x } }", 0, "what is left out is free"],
    ["{ ... @include(if: false) { plain { x } } }", 0, "so is a fragment that is left out"],
  ])("weighs %s as %d: %s", (query, expected) => {
    expect(costOf(query)).toBe(expected);
  });

  it.each([
    ["query ($n: Int) { page(first: $n) { x } }", { n: 12 }, 12],
    ["query ($n: Int) { page(first: $n) { x } }", {}, 20],
    ["query ($n: Int = 5) { page(first: $n) { x } }", {}, 5],
    ["query ($n: Int) { page(first: $n) { x } }", { n: null }, 20],
    ["query ($n: Int) { connection(first: $n) { nodes { as { x } } } }", { n: 3 }, 1 + 3 * 11],
    ["query ($ids: [ID!]!) { byId(ids: $ids) { x } }", { ids: ["1", "2"] }, 2],
    ["query ($n: Int!) { sized(take: $n) { rows { x } } }", { n: 9 }, 10],
    ["query ($f: Filter) { find(filter: $f) { x } }", { f: { b: {}, c: [{ d: 1 }] } }, 1 + 3 + 3],
    ["query ($f: [Filter!]) { find(filters: $f) { x } }", { f: Array.from({ length: 30 }, () => ({})) }, 31],
    ["query ($yes: Boolean!) { plain @skip(if: $yes) { x } one @include(if: $yes) { x } }", { yes: true }, 1],
    ["query ($yes: Boolean!) { plain @skip(if: $yes) { x } one @include(if: $yes) { x } }", { yes: false }, 10],
  ])("weighs %s with the variables %j as %d", (query, variables, expected) => {
    expect(costOf(query, variables)).toBe(expected);
  });

  it("passes what costs as much as the limit and refuses one more, by a literal or a variable", () => {
    const query = "query ($n: Int) { page(first: $n) { x } }";
    expect(costOf(query, { n: 50 }, 50)).toBe(50);
    expect(refusalOf(() => costOf(query, { n: 51 }, 50))).toMatchObject({
      code: "LIMIT_EXCEEDED",
      extensions: { limit: "cost" },
    });
    expect(costOf("{ page(first: 50) { x } }", {}, 50)).toBe(50);
    expect(refusalOf(() => costOf("{ page(first: 51) { x } }", {}, 50))).toBeInstanceOf(HubError);
  });

  it("does not overflow where the largest pages stand inside one another", () => {
    const levels = 12;
    const query = `query ($n: Int) { page(first: $n) ${"{ as ".repeat(levels)}{ x }${"}".repeat(levels)} }`;
    expect(costOf(query, { n: 2 ** 31 - 1 })).toBe(Number.MAX_SAFE_INTEGER);
    expect(refusalOf(() => costOf(query, { n: 2 ** 31 - 1 }, 50_000))).toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it.each([
    ["{ strict { x } }", {}],
    ["{ strict(take: 1, most: 1) { x } }", {}],
    ["query ($n: Int) { strict(take: $n) { x } }", {}],
    ["query ($n: Int) { strict(take: $n, most: $n) { x } }", { n: 1 }],
  ])("refuses %s with %j: exactly one slicing argument is required", (query, variables) => {
    expect(refusalOf(() => costOf(query, variables))).toMatchObject({
      code: "BAD_USER_INPUT",
      extensions: { fields: ["take", "most"] },
    });
  });

  it("lets a tool read the whole schema, and nobody many times at once", () => {
    expect(costOf(getIntrospectionQuery(), {}, 50_000)).toBeGreaterThan(0);
    const again = Array.from(
      { length: 40 },
      (_, i) => `a${i}: __schema { types { fields { type { fields { name } } } } }`,
    );
    expect(refusalOf(() => costOf(`{ ${again.join(" ")} }`, {}, 50_000))).toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it("weighs the introspection of a large schema like that of a small one", () => {
    const fields = Array.from({ length: 40 }, (_, index) => `f${index}(a: Int): Int`).join(" ");
    const types = Array.from({ length: 200 }, (_, index) => `type T${index} { ${fields} }`);
    const uses = types.map((_, index) => `t${index}: T${index}`).join(" ");
    const large = supergraphOf(`${LINK} type Query { ${uses} } ${types.join("\n")}`);
    expect(costOf(getIntrospectionQuery(), {}, 50_000, large)).toBeGreaterThan(0);
  });

  it("knows the directives by the names that the link gives them, and no others", () => {
    const plain = supergraphOf(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      directive @cost(weight: Int!) on FIELD_DEFINITION
      type Query { a: Int @cost(weight: 7) b: Int @federation__cost(weight: 2) c: [Int] @federation__listSize(assumedSize: 3) @federation__cost(weight: 1) }
    `);
    expect(costOf("{ a }", {}, 100, plain)).toBe(0);
    expect(costOf("{ b }", {}, 100, plain)).toBe(2);
    expect(costOf("{ c }", {}, 100, plain)).toBe(3);
    expect(costOf("{ a }", {}, 100, supergraphOf("type Query { a: Int }"))).toBe(0);
  });
});
