import { generateFederation } from "@alliance-hub/tests/kit/random-federation";
import fc from "fast-check";
import { composeSupergraph, type SubgraphDefinition } from "./compose-supergraph";
import { CompositionMemory } from "./composition-memory";

/** What a member may add to its schema: right, wrong by itself, and wrong beside others. */
const ADDITIONS = [
  "type Mine { first: Int! second(of: [Mine!] = []): String @deprecated }",
  "type Mine { first: Nobody }",
  "type Mine { first: Int first: Int }",
  'type Mine @inaccessible @shareable { first: Int @tag(name: "x") }',
  "enum Mine { A B A }",
  "enum Mine { A B } extend type Query { mine(of: Mine = A): Mine @shareable }",
  "enum Mine { A C } extend type Query { mine(of: Mine = A): Mine @shareable }",
  "input Mine { first: Int @unknown }",
  "interface Mine { first: Int } type Other implements Mine { first: Int }",
  'type Mine @key(fields: "id") { id: ID! constructor: String }',
  'type Mine @key(fields: "id") { id: ID! third: Int @external }',
  'directive @key(fields: String) on OBJECT type Mine @key(fields: "id") { id: ID! }',
  "directive @mine(first: Int!) on FIELD_DEFINITION type Mine { first: Int @mine }",
  "union Mine = Mine",
  "input Mine { first: Int! = 1 second: Int } extend type Query { mine(of: Mine): Int @shareable }",
  "input Mine { second: Int } extend type Query { mine(of: Mine, and: Int! = 2): Int @shareable }",
  'type Mine @federation__key(fields: "{ id }") { id: ID! } extend schema @federation__tag(name: "mine")',
  "schema { query: Mine } type Mine { first: Int }",
  "type Mine { (",
];

interface Change {
  readonly member: number;
  readonly version: number;
  readonly addition: number | undefined;
}

const changes = fc.record({
  member: fc.nat(3),
  version: fc.nat(1),
  addition: fc.option(fc.nat(ADDITIONS.length - 1), { nil: undefined, freq: 2 }),
});

/** Two versions of each member, whose first ones stand together at the start. */
function changeMember(subgraphs: SubgraphDefinition[], seed: number, { member, version, addition }: Change): void {
  const [name, versions] = [`s${member}`, [generateFederation(seed), generateFederation(seed + 1)]];
  const index = subgraphs.findIndex((subgraph) => subgraph.name === name);
  const next = versions[version]?.find((subgraph) => subgraph.name === name);
  const changed = next && { ...next, sdl: next.sdl + (addition === undefined ? "" : `\n${ADDITIONS[addition]}`) };
  subgraphs.splice(index < 0 ? subgraphs.length : index, 1, ...(changed === undefined ? [] : [changed]));
}

describe("CompositionMemory", () => {
  it("changes no outcome, text for text, whatever was composed before", () => {
    const outcomes = { composed: 0, refused: 0 };
    fc.assert(
      fc.property(fc.integer(), fc.array(changes, { minLength: 2, maxLength: 8 }), fc.boolean(), (seed, all, node) => {
        const memory = new CompositionMemory();
        const subgraphs: SubgraphDefinition[] = generateFederation(seed);
        composeSupergraph(subgraphs, { node }, memory);
        for (const change of all) {
          changeMember(subgraphs, seed, change);
          const outcome = composeSupergraph(subgraphs, { node }, memory);
          expect(outcome).toEqual(composeSupergraph(subgraphs, { node }));
          outcomes[outcome.errors === undefined ? "composed" : "refused"] += 1;
        }
      }),
      { numRuns: 25 },
    );
    expect(outcomes.composed).toBeGreaterThan(5);
    expect(outcomes.refused).toBeGreaterThan(5);
  });

  it("reads a text once, and again when it was not asked for in two compositions", () => {
    const memory = new CompositionMemory();
    memory.begin();
    const schema = memory.read("a", "type Query { a: Int }");
    memory.begin();
    expect(memory.read("a", "type Query { b: Int }")).not.toBe(schema);
    expect(memory.read("a", "type Query { a: Int }")).toBe(schema);
    memory.begin();
    expect(memory.read("a", "type Query { a: Int }")).toBe(schema);
    expect(memory.read("b", "type Query { a: Int }")).not.toBe(schema);
    memory.begin();
    memory.begin();
    expect(memory.read("a", "type Query { a: Int }")).not.toBe(schema);
  });
});
