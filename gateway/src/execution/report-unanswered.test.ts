import { setTimeout as sleep } from "node:timers/promises";
import { createFederation } from "@alliance-hub/tests/kit/federation";

const row = (fields: string) => `
  type Query { rows: [Row!] @shareable }
  type Row { name: String @shareable ${fields} }
`;

function createRows(first: "a" | "b", rows: Readonly<Record<"a" | "b", unknown>>) {
  return createFederation(
    {
      a: { typeDefs: row("length: Int"), resolvers: { Query: { rows: () => rows.a } } },
      b: { typeDefs: row("width: Int"), resolvers: { Query: { rows: () => rows.b } } },
    },
    {
      // Which of the two lists is there first decides which of them is taken.
      async intercept(subgraph, _request, answer) {
        await sleep(subgraph === first ? 0 : 30);
        return answer();
      },
    },
  );
}

const ROWS = { a: [{ length: 1 }, { length: 2 }], b: [{ width: 3 }] };

describe("reportUnanswered()", () => {
  it.each([
    [
      "a" as const,
      "width",
      [
        { length: 1, width: null },
        { length: 2, width: null },
      ],
    ],
    ["b" as const, "length", [{ length: null, width: 3 }]],
  ])("reports what only the other list has, when the one of %s is taken", async (first, missing, rows) => {
    const response = await createRows(first, ROWS).execute("{ rows { length width } }");
    expect(response).toMatchObject({ data: { rows } });
    expect(response.errors?.map(({ path, extensions }) => [path, extensions["code"]])).toEqual(
      rows.map((_, index) => [["rows", index, missing], "NOT_AVAILABLE"]),
    );
  });

  it("reports nothing where the lists agree, a field is null, or an error tells it already", async () => {
    const agreeing = { a: [{ length: null }], b: [{ width: 3 }] };
    expect((await createRows("a", agreeing).execute("{ rows { length width } }")).errors).toBeUndefined();
    const failing = { a: [{ length: 1 }], b: new Error("down") };
    const { errors } = await createRows("a", failing).execute("{ rows { length width } }");
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions["code"]).toBe("INTERNAL");
  });
});
