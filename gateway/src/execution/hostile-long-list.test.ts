import { SubgraphUnreachable } from "@alliance-hub/gateway/egress/subgraph-transport";
import { createFederation } from "@alliance-hub/tests/kit/federation";

type Answer = { data?: unknown; errors?: unknown };

/** A long list of distinct rows; whatever `scores` answers for them is up to the test. */
function createRows(count: number, answerOfScores: () => Answer | Error) {
  const rows = Array.from({ length: count }, (_, index) => ({ __typename: "Row", id: String(index) }));
  return createFederation(
    {
      names: { typeDefs: `type Query { rows: [Row!] } type Row @key(fields: "id") { id: ID! }` },
      scores: {
        typeDefs: `type Row @key(fields: "id") { id: ID! score: Int ratio: Float fair: Boolean motto: String tag: ID }`,
      },
    },
    {
      intercept: async (subgraph) => {
        const told = subgraph === "names" ? { data: { rows } } : answerOfScores();
        if (told instanceof Error) {
          throw told;
        }
        return told;
      },
    },
  );
}

describe("a hostile subgraph asked for a long list", () => {
  it("cannot turn a hundred errors for many rows into as many million", async () => {
    const rows = 30_000;
    const errors = Array.from({ length: 100 }, (_, index) => ({
      message: `No ${index}`,
      extensions: { code: "FORBIDDEN" },
    }));
    const { execute } = createRows(rows, () => ({ data: null, errors }));
    const response = await execute("{ rows { id score ratio fair motto tag } }");
    expect(((response.data?.["rows"] ?? []) as unknown[]).length).toBe(rows);
    expect(response.errors?.length).toBeLessThanOrEqual(201);
    expect(response.errors?.at(-1)?.message).toMatch(/more errors are left out/);
  });

  it("that is down leaves the rest of a long list standing", async () => {
    const rows = 80_000;
    const { execute } = createRows(rows, () => new SubgraphUnreachable("scores", "refused", "down"));
    const response = await execute("{ rows { id score ratio } }");
    expect(((response.data?.["rows"] ?? []) as unknown[]).at(-1)).toEqual({
      id: String(rows - 1),
      score: null,
      ratio: null,
    });
    expect(response.errors?.[0]).toMatchObject({
      path: ["rows", 0, "score"],
      extensions: { code: "OWNER_UNAVAILABLE" },
    });
  });
});
