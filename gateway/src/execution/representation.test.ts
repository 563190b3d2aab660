import { createFederation } from "@alliance-hub/tests/kit/federation";

describe("buildRepresentation()", () => {
  it("takes no key that is nested too deep to be printed: its entity is left out, the rest is answered", async () => {
    let deep: unknown = "1";
    for (let level = 0; level < 50_000; level += 1) {
      deep = [deep];
    }
    const { execute, calls } = createFederation(
      {
        hostile: { typeDefs: `type Query { best: Player } type Player @key(fields: "id") { id: ID! score: Int }` },
        names: { typeDefs: `type Query { ok: Int } type Player @key(fields: "id") { id: ID! name: String }` },
      },
      {
        intercept: async (subgraph) =>
          subgraph === "hostile"
            ? { data: { best: { __typename: "Player", id: deep, score: 3 } } }
            : { data: { ok: 1, _entities: [{ name: "Ann" }] } },
      },
    );
    expect((await execute("{ ok best { name score } }")).data).toEqual({ ok: 1, best: { name: null, score: 3 } });
    expect(calls.filter(({ query }) => query.includes("_entities"))).toEqual([]);
  });
});
