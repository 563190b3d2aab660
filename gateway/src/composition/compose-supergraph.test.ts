import { federationSdl } from "@alliance-hub/tests/kit/subgraph-server";
import { composeSupergraph, type SubgraphDefinition } from "./compose-supergraph";
import { readSubgraphAddresses } from "./read-subgraph-addresses";

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

const subgraph = (name: string, sdl: string, link = LINK): SubgraphDefinition => ({
  name,
  url: `http://${name}.test/graphql`,
  sdl: `${link}\n${sdl}`,
});

const NEEDS = subgraph(
  "needs",
  `interface Node { id: ID! }
   type Query { needs: [Need!]! }
   type Need implements Node @key(fields: "id") { id: ID! title: String }`,
);
const FUNDS = subgraph("funds", 'type Query { fund: Int } type Need @key(fields: "id") { id: ID! raised: Int }');

describe("composeSupergraph()", () => {
  it("gives the same text in whatever order the subgraphs are listed", () => {
    const there = composeSupergraph([NEEDS, FUNDS], { node: true });
    expect(there.errors).toBeUndefined();
    expect(composeSupergraph([FUNDS, NEEDS], { node: true })).toEqual(there);
  });

  it("writes addresses that can be read again", () => {
    const { supergraphSdl = "" } = composeSupergraph([NEEDS, FUNDS], { node: true });
    expect([...readSubgraphAddresses(supergraphSdl)]).toEqual([
      ["funds", "http://funds.test/graphql"],
      ["hub", "hub:node"],
      ["needs", "http://needs.test/graphql"],
    ]);
  });

  it("accepts services that list what every subgraph has for the gateway", () => {
    const machinery =
      "scalar _Any type _Service { sdl: String } union _Entity = T extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }";
    const one = `type Query { a: Int } type T @key(fields: "id") { id: ID! } ${machinery}`;
    const two = `type Query { b: Int } type T @key(fields: "id") { id: ID! } ${machinery}`;
    const outcome = composeSupergraph([
      { name: "one", url: "http://one", sdl: federationSdl(one) },
      { name: "two", url: "http://two", sdl: federationSdl(two) },
    ]);
    expect(outcome.errors).toBeUndefined();
    expect(outcome.supergraphSdl).not.toContain("_Service");
  });

  it("accepts Federation 1", () => {
    const outcome = composeSupergraph([
      subgraph("a", 'type Query { me: User } type User @key(fields: "id") { id: ID! }', ""),
      subgraph(
        "b",
        'extend type User @key(fields: "id") { id: ID! @external age: Int } extend type Query { old: User }',
        "",
      ),
    ]);
    expect(outcome.errors).toBeUndefined();
    expect(outcome.supergraphSdl).toContain("age: Int");
  });

  it.each<[string, SubgraphDefinition[], string, RegExp]>([
    ["no subgraph", [], "NO_SUBGRAPHS", /no subgraph/],
    [
      "a name twice",
      [NEEDS, { ...FUNDS, name: "needs" }],
      "INVALID_SUBGRAPH_NAME",
      /Two subgraphs have the name "needs"/,
    ],
    ["a syntax error", [NEEDS, subgraph("broken", "type {")], "INVALID_GRAPHQL", /^\[broken\] Syntax Error/],
    ["a field in two subgraphs", [NEEDS, subgraph("x", "type Query { needs: Int }")], "INVALID_FIELD_SHARING", /needs/],
    [
      "the gateway's own name",
      [NEEDS, subgraph("hub", "type Query { x: Int }")],
      "INVALID_SUBGRAPH_NAME",
      /gateway's own/,
    ],
    [
      "a second home",
      [
        NEEDS,
        subgraph("z", 'interface Node { id: ID! } type Need implements Node @key(fields: "id") { id: ID! z: Int }'),
      ],
      "NODE_HOME_AMBIGUOUS",
      /"Need".*needs and z/,
    ],
  ])("refuses %s", (_what, subgraphs, code, message) => {
    const { errors, supergraphSdl } = composeSupergraph(subgraphs, { node: true });
    expect(supergraphSdl).toBeUndefined();
    expect(errors).toContainEqual({ code, message: expect.stringMatching(message) });
  });

  it("tells the errors of all subgraphs at once", () => {
    const { errors } = composeSupergraph([subgraph("a", "type {"), subgraph("b", "type }")]);
    expect(errors?.map(({ message }) => message.slice(0, 3))).toEqual(["[a]", "[b]"]);
  });

  it("adds node and nodes only when asked to", () => {
    expect(composeSupergraph([NEEDS, FUNDS]).supergraphSdl).not.toContain("nodes(");
    expect(composeSupergraph([NEEDS, FUNDS], { node: true }).supergraphSdl).toContain("nodes(ids: [ID!]!): [Node]!");
  });

  it("tags the graph's schema with what subgraphs tag theirs with, and with nothing else", () => {
    const link = 'schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@tag"])';
    const tagged = (name: string, uses: string) => ({
      name,
      url: `http://${name}.test`,
      sdl: `extend ${link} ${uses} type Query { ${name}: Int }`,
    });
    const { supergraphSdl = "" } = composeSupergraph([
      tagged("a", '@tag(name: "x")'),
      tagged("b", '@tag(name: "y") @tag(name: "x")'),
    ]);
    expect(supergraphSdl).toMatch(/^schema .*specs.apollo.dev\/tag\/v0.3"\) @tag\(name: "x"\) @tag\(name: "y"\) \{/);
    expect(supergraphSdl.match(/^directive @tag/gm)).toHaveLength(1);
    expect(composeSupergraph([tagged("a", "")]).supergraphSdl).not.toContain("tag");
  });
});
