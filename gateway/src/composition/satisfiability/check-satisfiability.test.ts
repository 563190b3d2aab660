import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { checkSatisfiability, type SatisfiabilityVerdict } from "./check-satisfiability";

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject"])\n';
const UNCHECKED = { disableValidationRules: ["SatisfiabilityRule"] };

describe("checkSatisfiability()", () => {
  it("follows keys from subgraph to subgraph", () => {
    const verdict = check({
      a: 'type Query { need: Need } type Need @key(fields: "id") { id: ID! }',
      b: 'type Need @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }',
      c: 'type Need @key(fields: "code") { code: ID! title: String }',
    });
    expect(verdict).toEqual({ kind: "satisfiable" });
  });

  it("names the query, who could answer it, and from where", () => {
    const verdict = check({
      a: "type Query { need: Need } type Need { id: ID! }",
      b: 'type Need @key(fields: "code", resolvable: false) { code: ID! place: Place } type Place { name: String }',
    });
    expect(verdict).toEqual({
      kind: "unsatisfiable",
      fields: [
        {
          path: ["need", "code"],
          operation: "query",
          typeName: "Need",
          fieldName: "code",
          from: ["a"],
          holders: ["b"],
        },
        {
          path: ["need", "place"],
          operation: "query",
          typeName: "Need",
          fieldName: "place",
          from: ["a"],
          holders: ["b"],
        },
      ],
    });
  });

  it("takes a value from all subgraphs that share its field", () => {
    const verdict = check({
      a: "type Query { place: Place @shareable } type Place { name: String }",
      b: "type Query { place: Place @shareable } type Place { code: ID }",
    });
    expect(verdict).toEqual({ kind: "satisfiable" });
  });

  it("does not count on a subgraph that knows no such member of a union", () => {
    const verdict = check({
      a: "type Query { owner: Owner @shareable } union Owner = Person type Person @shareable { name: String } type Place { code: ID }",
      b: "type Query { owner: Owner @shareable } union Owner = Person | Place type Person @shareable { name: String } type Place { name: String }",
    });
    expect(verdict).toMatchObject({ kind: "unsatisfiable", fields: [{ path: ["owner", "... on Place", "code"] }] });
  });

  it("finds what fails only when a field is asked for a second time inside itself", () => {
    const subgraphs = {
      a: "type Query { need: Need } type Need { place: Place } type Place { owner: Person @shareable } type Person { id: ID @shareable code: ID }",
      b: 'type Person @key(fields: "id") { id: ID @shareable place: Place } type Place { owner: Person @shareable }',
    };
    expect(check(subgraphs)).toMatchObject({
      kind: "unsatisfiable",
      fields: [{ path: ["need", "place", "owner", "place", "owner", "code"] }],
    });
    // The library walks no field twice, and lets it pass.
    expect(composeServices(toServices(subgraphs)).errors).toBeUndefined();
  });

  it("leaves interface objects to the library", () => {
    const verdict = check({
      a: 'type Query { named: Named } interface Named @key(fields: "id") { id: ID! } type Person implements Named @key(fields: "id") { id: ID! }',
      b: 'type Named @key(fields: "id") @interfaceObject { id: ID! name: String }',
    });
    expect(verdict).toEqual({ kind: "undecided" });
  });
});

function check(subgraphs: Readonly<Record<string, string>>): SatisfiabilityVerdict {
  const composed = composeServices(toServices(subgraphs), UNCHECKED);
  if (composed.errors !== undefined) {
    throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  }
  return checkSatisfiability(composed.supergraphDocumentNode);
}

function toServices(subgraphs: Readonly<Record<string, string>>): Parameters<typeof composeServices>[0] {
  return Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: "", typeDefs: parse(LINK + sdl) }));
}
