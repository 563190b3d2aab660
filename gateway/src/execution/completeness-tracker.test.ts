import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { createFederation } from "@alliance-hub/tests/kit/federation";
import { SubgraphUnreachable, type UnreachableReason } from "../egress/subgraph-transport";

type Answer = { data?: unknown; errors?: unknown };

/** Teams and their players; what `scores` answers is up to the test. */
function createLeague(answerOfScores: (query: string) => Answer | Error | undefined) {
  return createFederation(
    {
      names: {
        typeDefs: `
          type Query { team: Team teams: [[Team!]] }
          type Mutation { rename: Team }
          type Team @key(fields: "id") { id: ID! name: String captain: Player players: [Player!] }
          type Player @key(fields: "id") { id: ID! name: String rating: Int }
        `,
        resolvers: {
          Query: { team: () => TEAM, teams: () => [[TEAM], null] },
          Mutation: { rename: () => TEAM },
        },
      },
      scores: {
        typeDefs: `
          type Query { best: Player count: Int! }
          type Player @key(fields: "id") { id: ID! score: Int goals: [Int!] rating: Int @external form: Int @requires(fields: "rating") }
        `,
        resolvers: { Query: { best: () => ({ id: "1" }), count: () => 7 }, Player: { score: () => 7, form: () => 1 } },
      },
    },
    {
      intercept: async (subgraph, request, answer) => {
        const told = subgraph === "scores" ? answerOfScores(request.query) : undefined;
        if (told instanceof Error) {
          throw told;
        }
        return told ?? answer();
      },
    },
  );
}

const TEAM = { id: "1", name: "Reds", captain: { id: "1", rating: 3 }, players: [{ id: "1" }, { id: "2" }] };

const unreachable = (reason: UnreachableReason) => new SubgraphUnreachable("scores", reason, "connect 10.0.0.7");

describe("extensions.completeness", () => {
  it("is absent when every subgraph answered, be it with errors of fields", async () => {
    const { execute } = createLeague(() => undefined);
    expect(await execute("{ team { name captain { score } } best { score } }")).not.toHaveProperty("extensions");
    const failing = createLeague(() => ({
      data: { _entities: [{ score: null }] },
      errors: [{ message: "x", path: ["_entities", 0, "score"] }],
    }));
    const response = await failing.execute("{ team { captain { score } } }");
    expect(response.errors).toHaveLength(1);
    expect(response).not.toHaveProperty("extensions");
  });

  it("names every subgraph asked, its outcome and the paths by the client's own names", async () => {
    const { execute } = createLeague(() => unreachable("timed_out"));
    const { data, extensions } = await execute(
      "{ crew: team { name captain { points: score goals } players { score } } all: teams { players { name score } } }",
    );
    expect(data).toMatchObject({ crew: { name: "Reds", captain: { points: null } } });
    expect(extensions).toEqual({
      completeness: [
        { subgraph: "names", outcome: "answered", paths: [["crew"], ["all"]] },
        {
          subgraph: "scores",
          outcome: "timed_out",
          paths: expect.arrayContaining([
            ["crew", "captain", "points"],
            ["crew", "captain", "goals"],
            ["crew", "players", "*", "score"],
            ["all", "*", "players", "*", "score"],
          ]),
        },
      ],
    });
    expect(extensions?.completeness?.[1]?.paths).toHaveLength(4);
  });

  it("tells outcomes of one subgraph apart", async () => {
    const { execute } = createLeague((query) => (query.includes("_entities") ? unreachable("refused") : undefined));
    const { data, extensions } = await execute("{ count team { captain { score } } }");
    expect(data).toEqual({ count: 7, team: { captain: { score: null } } });
    expect(extensions?.completeness).toEqual(
      expect.arrayContaining([
        { subgraph: "scores", outcome: "answered", paths: [["count"]] },
        { subgraph: "scores", outcome: "unreachable", paths: [["team", "captain", "score"]] },
        { subgraph: "names", outcome: "answered", paths: [["team"]] },
      ]),
    );
  });

  it.each<[Answer | Error, string | undefined]>([
    [unreachable("refused"), "unreachable"],
    [unreachable("timed_out"), "timed_out"],
    [unreachable("invalid"), "invalid"],
    [unreachable("too_large"), "invalid"],
    [unreachable("aborted"), "timed_out"],
    [unreachable("overloaded"), "refused"],
    [unreachable("circuit_open"), "circuit_open"],
    [new TypeError("boom"), "unreachable"],
    [{}, "invalid"],
    [{ data: null }, "invalid"],
    [{ data: [] }, "invalid"],
    [{ data: "x", errors: [{ message: "x" }] }, "invalid"],
    [{ data: { _entities: [] } }, "invalid"],
    [{ errors: [{ message: "syntax" }] }, "refused"],
    [{ data: null, errors: [{ message: "x" }] }, undefined],
  ])("says of %j: %s", async (answer, outcome) => {
    const { execute } = createLeague(() => answer);
    const { data, errors, extensions } = await execute("{ team { name captain { score } } }");
    expect(data).toEqual({ team: { name: "Reds", captain: { score: null } } });
    expect(errors).toHaveLength(1);
    expect(extensions?.completeness?.find(({ subgraph }) => subgraph === "scores")?.outcome).toBe(outcome);
    expect(JSON.stringify(extensions ?? {})).not.toContain("10.0.0.7");
  });

  it("points at the object whose key could not be fetched", async () => {
    const { execute } = createLeague((query) => (query.includes("best") ? unreachable("refused") : undefined));
    const { extensions } = await execute("{ best { name } }");
    expect(extensions?.completeness).toEqual([{ subgraph: "scores", outcome: "unreachable", paths: [["best"]] }]);
  });

  it("does not list a subgraph that was not asked", async () => {
    const { execute } = createLeague(() => unreachable("refused"));
    expect(await execute("{ team { name } }")).not.toHaveProperty("extensions");
  });

  it("names the homes of nodes, not the gateway's own subgraph", async () => {
    const needId = makeGlobalId("zz-alliance", "Need");
    const { execute } = createFederation(
      {
        needs: {
          typeDefs: `
            interface Node { id: ID! }
            type Query { needs: [Need!]! }
            type Need implements Node @key(fields: "id") { id: ID! title: String }
          `,
        },
      },
      { node: true, intercept: async () => Promise.reject(new SubgraphUnreachable("needs", "timed_out", "slow")) },
    );
    const { data, extensions } = await execute(`{ node(id: "${needId}") { id } }`);
    expect(data).toEqual({ node: null });
    expect(extensions?.completeness).toEqual([{ subgraph: "needs", outcome: "timed_out", paths: [["node"]] }]);
  });
});
