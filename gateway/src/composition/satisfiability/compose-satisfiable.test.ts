import { parse } from "graphql";
import { composeSatisfiable } from "./compose-satisfiable";

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@interfaceObject"])\n';

function compose(subgraphs: Readonly<Record<string, string>>): string[] {
  const { errors } = composeSatisfiable(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: "", typeDefs: parse(LINK + sdl) })),
  );
  return (errors ?? []).map(({ message, extensions }) => `${extensions.code}: ${message}`);
}

describe("composeSatisfiable()", () => {
  // Fails when the library renames its rule: its own message would come back, and its own cost.
  it("tells in one sentence which query cannot be answered", () => {
    expect(
      compose({
        needs: "type Query { need: Need } type Need { id: ID! }",
        funds: 'type Need @key(fields: "code") { code: ID! }',
      }),
    ).toEqual([
      'SATISFIABILITY_ERROR: This query cannot be answered: { need { code } }. "Need.code" is resolved by subgraph "funds", and no key leads there with a "Need" from subgraph "needs".',
    ]);
  });

  it("asks the library about interface objects", () => {
    const subgraphs = {
      a: 'type Query { named: Named } interface Named @key(fields: "id") { id: ID! } type Person implements Named @key(fields: "id") { id: ID! }',
      b: 'type Named @key(fields: "id") @interfaceObject { id: ID! name: String }',
    };
    expect(compose(subgraphs)).toEqual([]);
    expect(
      compose({
        ...subgraphs,
        c: "type Query { other: Other } type Other { id: ID }",
        d: 'type Other @key(fields: "code") { code: ID }',
      }),
    ).toEqual([expect.stringMatching(/^SATISFIABILITY_ERROR: The following supergraph API query/)]);
  });

  it("composes the other errors as the library tells them", () => {
    const errors = compose({ a: "type Query { a: Int }", b: "type Query { a: Int }" });
    expect(errors).toEqual([expect.stringMatching(/^INVALID_FIELD_SHARING: /)]);
  });
});
