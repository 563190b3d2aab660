import { buildSchema, parse } from "graphql";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { createNativePlanner } from "../native-planner";
import { writePlannerSupergraph } from "../write-planner-supergraph";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: [
  "@key", "@context", "@fromContext", "@inaccessible", "@requires", "@external"
])\n`;

function compose(...subgraphs: readonly string[]): string {
  const { supergraphSdl, errors } = composeSupergraph(
    subgraphs.map((sdl, index) => ({ name: `s${index}`, url: `http://s${index}.test`, sdl: LINK + sdl })),
  );
  expect(errors).toBeUndefined();
  return supergraphSdl ?? "";
}

const MEMBER = `
  enum Kind { NEW USED }
  scalar Day
  type Query { shop: Shop }
  type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String @inaccessible offers: [Offer] }
  type Offer @key(fields: "kind shop { id } day") {
    kind: Kind!
    shop: Shop!
    day: Day
    name: String
    price(currency: String @fromContext(field: "$shop { currency }")): String
  }`;

describe("writePlannerSupergraph()", () => {
  it("adds a subgraph that has keys and nothing else to ask for, and takes out what the planner does not know", () => {
    const sdl = writePlannerSupergraph(compose(MEMBER));
    expect(() => buildSchema(sdl)).not.toThrow();
    expect(sdl).not.toMatch(
      /@context\(name: "|String @inaccessible|@join__field.* @inaccessible|contextArguments: \[\{/,
    );
    const lines = sdl.split("\n").map((line) => line.trim().replaceAll(/\s+/g, " "));
    expect(lines).toEqual(
      expect.arrayContaining([
        'S0_KEYS @join__graph(name: "keys of s0", url: "")',
        "kind: Kind! @join__field(graph: S0) @join__field(graph: S0_KEYS, external: true)",
        "name: String @join__field(graph: S0)",
        "price: String @join__field(graph: S0)",
        "_ctx_key_0: Boolean @join__field(graph: S0_KEYS)",
        '_ctx_entry_0_Offer: Offer @join__field(graph: S0_KEYS, provides: "kind shop { id } day")',
        "NEW @join__enumValue(graph: S0) @join__enumValue(graph: S0_KEYS)",
        "scalar Day @join__type(graph: S0) @join__type(graph: S0_KEYS)",
      ]),
    );
  });

  it("lets the planner begin at an object, and come to all that a computed field needs", () => {
    const sdl = compose(
      `type Query { shop: Shop }
       type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String offer: Offer }
       type Offer @key(fields: "id") @key(fields: "sku") {
         id: ID!
         sku: ID!
         weight: Int @external
         price(currency: String @fromContext(field: "$shop { currency }")): String @requires(fields: "weight")
       }`,
      `type Offer @key(fields: "sku") { sku: ID! weight: Int }`,
    );
    const planner = createNativePlanner(writePlannerSupergraph(sdl));
    const { node } = planner.plan("{ a: _ctx_entry_0_Offer { price } }", undefined, new Set(), 100);
    const services = JSON.stringify(node).match(/"serviceName":"[^"]*"/g);
    expect(services).toEqual(['"serviceName":"keys of s0"', '"serviceName":"s1"', '"serviceName":"s0"']);
  });

  it("leaves a supergraph without contexts as it is", () => {
    const sdl = compose("type Query { a: Int }");
    expect(parse(sdl).definitions.length).toBeGreaterThan(0);
    expect(writePlannerSupergraph(sdl)).toBe(sdl);
  });
});
