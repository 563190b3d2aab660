import { parse } from "graphql";
import { composeSupergraph } from "../composition/compose-supergraph";
import { createNativePlanner } from "../planning/native-planner";
import { findSupergraphFaults } from "./check-supergraph";

const JOIN = `
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT | INTERFACE
  directive @join__field(graph: join__Graph, requires: String, provides: String) repeatable on FIELD_DEFINITION
  enum join__Graph { A @join__graph(name: "a", url: "http://127.0.0.1:1") }
`;
const QUERY = "schema { query: Query } type Query @join__type(graph: A) { need: Need }";
const NEED = (key: string, more = "") =>
  `type Need @join__type(graph: A, key: "${key}") { id: ID! owner: Need ${more} }`;

function faultsOf(sdl: string): readonly string[] {
  return findSupergraphFaults(parse(JOIN + sdl));
}

describe("findSupergraphFaults()", () => {
  it("finds none in what composition makes, and the planner takes it", () => {
    const sdl = (typeDefs: string) =>
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@external", "@provides", "@shareable"])\n${typeDefs}`;
    const { supergraphSdl = "" } = composeSupergraph(
      [
        {
          name: "needs",
          url: "http://127.0.0.1:1",
          sdl: sdl(`type Query { need: Need @provides(fields: "owner { name }") } interface Node { id: ID! }
            type Need implements Node @key(fields: "id") @key(fields: "owner { code }") { id: ID! owner: Owner }
            type Owner @key(fields: "code") { code: ID! name: String @external }`),
        },
        {
          name: "owners",
          url: "http://127.0.0.1:2",
          sdl: sdl(`type Query { owner: Owner } type Owner @key(fields: "code") { code: ID! name: String @shareable size: Int }
            type Need @key(fields: "id") { id: ID! owner: Owner @external rank: Int @requires(fields: "owner { code }") }`),
        },
      ],
      { node: true },
    );
    expect(supergraphSdl).toContain("requires:");
    expect(findSupergraphFaults(parse(supergraphSdl))).toEqual([]);
    expect(() => createNativePlanner(supergraphSdl)).not.toThrow();
  });

  it.each([
    ["no query type", "", /no query type/],
    ["a root type that is not there", "schema { query: Query }", /Query/],
    [
      "a type that is not there",
      "schema { query: Query } type Query @join__type(graph: A) { need: Nothing }",
      /Nothing/,
    ],
    ["a key that is no field set", QUERY + NEED("{{{"), /Need, key "\{\{\{": Syntax Error/],
    ["a key that its type has not", QUERY + NEED("code"), /Need, key "code": .*code/],
    ["a key without the inner fields", QUERY + NEED("owner"), /must have a selection of subfields/],
    [
      "a requirement that its type has not",
      QUERY + NEED("id", `a: Int @join__field(graph: A, requires: "x")`),
      /Need\.a, requires "x"/,
    ],
    [
      "a promise that the field's type has not",
      QUERY + NEED("id", `a: Need @join__field(graph: A, provides: "x")`),
      /Need\.a, provides "x"/,
    ],
    [
      "what is hidden under another name",
      `extend schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", as: "private") ${QUERY} ${NEED("id")}`,
      /renames @inaccessible/,
    ],
    [
      "what is hidden under a name that was imported",
      `extend schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", import: [{name: "@inaccessible", as: "@private"}]) ${QUERY} ${NEED("id")}`,
      /renames @inaccessible/,
    ],
  ])("finds %s", (_what, sdl, fault) => {
    expect(faultsOf(sdl).join("\n")).toMatch(fault);
  });
});
