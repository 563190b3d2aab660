import { SubgraphUnreachable } from "@alliance-hub/gateway/egress/subgraph-transport";
import { createFederation } from "@alliance-hub/tests/kit/federation";

type Answer = { data?: unknown; errors?: unknown };

/** `names` is honest; whatever `scores` answers is up to the test. */
function createDuel(answerOfScores: (query: string) => Answer | Error) {
  return createFederation(
    {
      names: {
        typeDefs: `
          type Query { player: Player players: [Player!]! strict: Player! }
          type Player @key(fields: "id") { id: ID! name: String! }
        `,
        resolvers: {
          Query: {
            player: () => ({ id: "1", name: "Ann" }),
            players: () => ["1", "2", "1"].map((id) => ({ id, name: `Player ${id}` })),
            strict: () => ({ id: "1", name: "Ann" }),
          },
          Player: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Player ${id}` }) },
        },
      },
      scores: {
        typeDefs: `
          enum Rank { HIGH LOW }
          scalar Anything
          type Badge { label: String! level: Int! }
          type Query { best: Player top: [Int!] rank: Rank anything: Anything }
          type Player @key(fields: "id") {
            id: ID! score: Int exact: Int! ratio: Float fair: Boolean motto: String rank: Rank badges: [Badge!] grid: [[Int!]!] anything: Anything tag: ID
          }
        `,
      },
    },
    {
      intercept: async (subgraph, request, answer) => {
        if (subgraph === "names") {
          return answer();
        }
        const told = answerOfScores(request.query);
        if (told instanceof Error) {
          throw told;
        }
        return told;
      },
    },
  );
}

/** Answers the entity fetch with one entity, as JSON text so that `__proto__` is a key. */
const entity = (json: string) => () => ({ data: JSON.parse(`{"_entities": [${json}]}`) });

describe("a hostile subgraph", () => {
  it.each([
    '{"score": 7, "id": "999", "name": "Mallory", "__typename": "Admin"}',
    '{"score": 7, "__proto__": {"name": "Mallory", "polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    '{"score": 7, "toString": "x", "hasOwnProperty": 1, "valueOf": null}',
  ])("changes nothing that it was not asked for: %s", async (json) => {
    const { execute } = createDuel(entity(json));
    expect(await execute("{ player { id name score __typename } }")).toEqual({
      kind: "executed",
      operationKind: "query",
      data: { player: { id: "1", name: "Ann", score: 7, __typename: "Player" } },
    });
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("cannot replace what another subgraph said, even where it was asked for the same field", async () => {
    const { execute } = createDuel(entity('{"score": 1, "id": "999", "__typename": "Admin", "name": "Mallory"}'));
    expect((await execute("{ players { score name } }")).errors).toBeDefined();
    const { data } = await execute("{ player { score id name } }");
    expect(data).toEqual({ player: { score: 1, id: "1", name: "Ann" } });
  });

  it("hurts only its own field by naming a type that is none", async () => {
    const answer = { data: { best: { __typename: "Admin", id: "1", name: "Mallory", score: 1 } } };
    const { execute } = createDuel(() => answer);
    const { data, errors } = await execute("{ player { name } best { name score } }");
    expect(data).toEqual({ player: { name: "Ann" }, best: null });
    expect(errors).toMatchObject([{ path: ["best", "name"], extensions: { code: "INTERNAL" } }]);
  });

  it.each([
    ["score", '"7"'],
    ["score", "7.5"],
    ["score", "2147483648"],
    ["score", "true"],
    ["score", "[7]"],
    ["score", '{"valueOf": 7}'],
    ["ratio", '"0.5"'],
    ["fair", "1"],
    ["motto", "7"],
    ["motto", '{"toString": "x"}'],
    ["tag", "1.5"],
    ["rank", '"NONE"'],
    ["rank", '"constructor"'],
    ["badges { label }", '{"label": "x"}'],
    ["badges { label }", '"x"'],
    ["badges { label }", '["x"]'],
    ["badges { label }", '[[{"label": "x"}]]'],
    ["badges { label }", "[null]"],
    ["badges { label }", '[{"label": null}]'],
    ["badges { label }", "[{}]"],
    ["grid", "[1]"],
    ["grid", "[[1],[null]]"],
    ["grid", "7"],
    ["anything", `${'{"a":'.repeat(100)}1${"}".repeat(100)}`],
    ["anything", "1e999"],
    ["anything", '{"a": [1, -1e999]}'],
  ])("is found out when %s is %s", async (field, json) => {
    const [name = ""] = field.split(" ");
    const { execute } = createDuel(entity(`{"${name}": ${json}}`));
    const { data, errors } = await execute(`{ player { name ${field} } }`);
    expect(data).toEqual({ player: { name: "Ann", [name]: null } });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.path?.slice(0, 2)).toEqual(["player", name]);
    expect(errors?.[0]?.extensions.code).toBe("INTERNAL");
  });

  it("survives lists inside lists without end", async () => {
    const { execute } = createDuel(entity(`{"badges": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`));
    const { data, errors } = await execute("{ player { name badges { label } } }");
    expect(data).toEqual({ player: { name: "Ann", badges: null } });
    expect(errors).not.toBeUndefined();
  });

  it("passes custom scalars as they are", async () => {
    const { execute } = createDuel(entity('{"anything": {"a": [1, {"__proto__": 2}]}}'));
    expect(JSON.stringify((await execute("{ player { anything } }")).data)).toBe(
      '{"player":{"anything":{"a":[1,{"__proto__":2}]}}}',
    );
  });

  it.each<[string, Answer | Error, string]>([
    ["nothing", {}, "OWNER_UNAVAILABLE"],
    ["data that is a list", { data: [] }, "OWNER_UNAVAILABLE"],
    ["errors that are none", { errors: "no" }, "OWNER_UNAVAILABLE"],
    [
      "no answer",
      new SubgraphUnreachable("scores", "refused", "connect ECONNREFUSED 10.0.0.7:443"),
      "OWNER_UNAVAILABLE",
    ],
    ["an exception", new TypeError("boom at /srv/app.js"), "INTERNAL"],
    ["too many entities", { data: { _entities: [{ score: 1 }, { score: 2 }] } }, "INTERNAL"],
    ["no entities", { data: {} }, "INTERNAL"],
    ["entities that are no list", { data: { _entities: { length: 1 } } }, "INTERNAL"],
    ["an error with nothing", { errors: [null] }, "INTERNAL"],
    [
      "an error of its own",
      { errors: [{ message: "SELECT 10.0.0.7", extensions: { code: "XX000", stacktrace: ["x"] } }] },
      "INTERNAL",
    ],
    [
      "its opinion on our query",
      { errors: [{ message: "10.0.0.7", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] },
      "INTERNAL",
    ],
    [
      "a code named constructor",
      { errors: [{ message: "10.0.0.7", extensions: { code: "constructor" } }] },
      "INTERNAL",
    ],
  ])("answers %s: only its own fields are null, with one error each", async (_what, answer, code) => {
    const { execute } = createDuel(() => answer);
    const response = await execute("{ player { name score motto } }");
    expect(response.data).toEqual({ player: { name: "Ann", score: null, motto: null } });
    expect(response.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [["player", "score"], code],
      [["player", "motto"], code],
    ]);
    expect(JSON.stringify(response)).not.toMatch(/10\.0\.0\.7|srv|stacktrace|SELECT/);
  });

  it("says which subgraph does not answer", async () => {
    const { execute } = createDuel(() => new SubgraphUnreachable("scores", "timed_out", "slow"));
    expect((await execute("{ top player { name } }")).errors).toEqual([
      {
        message: "The subgraph scores does not answer.",
        path: ["top"],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: "OWNER_UNAVAILABLE", retryable: true, subgraph: "scores" },
      },
    ]);
  });

  it("passes a code of the catalogue with its own facts and nothing else", async () => {
    const extensions = {
      code: "QUANTITY_EXCEEDED",
      retryable: true,
      remaining: "3",
      ssn: "430",
      fields: ["x"],
      stacktrace: [],
    };
    const { execute } = createDuel(() => ({
      data: { _entities: [{ score: null }] },
      errors: [
        { message: "Too many.", path: ["_entities", 0, "score"], extensions, locations: [{ line: 99, column: 1 }] },
      ],
    }));
    expect((await execute("{ player { score } }")).errors).toEqual([
      {
        message: "Too many.",
        path: ["player", "score"],
        locations: [{ line: 1, column: 12 }],
        extensions: { code: "QUANTITY_EXCEEDED", retryable: false, remaining: "3" },
      },
    ]);
  });

  it("has its error at every place where the entity stands", async () => {
    const { execute, calls } = createDuel(() => ({
      data: { _entities: [{ exact: null }, { exact: 2 }] },
      errors: [{ message: "Not for you.", path: ["_entities", 0, "exact"], extensions: { code: "FORBIDDEN" } }],
    }));
    const { data, errors } = await execute("{ players { name exact } }");
    expect(calls.some(({ subgraph }) => subgraph === "scores")).toBe(true);
    expect(data).toBeNull();
    expect(errors?.filter(({ extensions }) => extensions.code === "FORBIDDEN").map(({ path }) => path)).toEqual([
      ["players", 0, "exact"],
      ["players", 2, "exact"],
    ]);
  });

  it.each([
    ['["_entities", 0, "nothing", "here"]', "player.score"],
    ['["_entities", 0, "__proto__"]', "player.score"],
    ['["_entities", 0, "score", 5, "x"]', "player.score"],
    ['["_entities", 99, "score"]', undefined],
    ['["elsewhere"]', undefined],
    ['["_entities", -1]', "player.score"],
    ['["_entities", 0, {"toString": 1}]', "player.score"],
  ])("cannot make up the path %s", async (path, expected) => {
    const { execute } = createDuel(() => ({
      data: { _entities: [{ score: null }] },
      errors: [{ message: "No.", path: JSON.parse(path), extensions: { code: "FORBIDDEN" } }],
    }));
    expect((await execute("{ player { score } }")).errors?.[0]?.path?.join(".")).toBe(expected);
  });

  it("cannot flood the answer with errors", async () => {
    const { execute } = createDuel(() => ({
      data: { _entities: [{ score: null }, { score: null }] },
      errors: Array.from({ length: 5_000 }, (_, at) => ({ message: `No ${at}`, extensions: { code: "FORBIDDEN" } })),
    }));
    const { errors } = await execute("{ players { score } }");
    expect(errors?.length).toBeLessThanOrEqual(201);
    expect(errors?.at(-1)?.message).toMatch(/more errors are left out/);
  });
});
