import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFederation } from "@alliance-hub/tests/kit/federation";
import { startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";

const federation = createFederation({
  rows: {
    typeDefs: `
      type Query { row(text: String, list: [[Int]]): Row rows(first: Int): [Row!] any: Any }
      interface Any { id: Int }
      type Row implements Any { id: Int row: Row }
      type Other implements Any { id: Int }
    `,
  },
});

interface Case {
  readonly limit: string;
  readonly maximum: number;
  /** A request that has so much of what is limited. */
  readonly write: (count: number) => { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };
}

const times = (count: number, text: string) => text.repeat(Math.max(0, count));
const TEXT = "query ($text: String) { row(text: $text) { id } }";
const LIST = "query ($list: [[Int]]) { row(list: $list) { id } }";

/** Lists inside one another; nothing that the schema takes, which is found out later. */
function nestLists(levels: number): unknown {
  return levels === 0 ? 1 : [nestLists(levels - 1)];
}

const CASES: readonly Case[] = [
  {
    limit: "bodyBytes",
    maximum: 256 * 1024,
    write: (count) => ({
      query: TEXT,
      variables: { text: "x".repeat(count - JSON.stringify({ query: TEXT, variables: { text: "" } }).length) },
    }),
  },
  // The body itself and its variables are the first two.
  { limit: "jsonDepth", maximum: 32, write: (count) => ({ query: LIST, variables: { list: nestLists(count - 2) } }) },
  // The body, the query, the variables and the list are the first four.
  {
    limit: "jsonValues",
    maximum: 10_000,
    write: (count) => ({ query: LIST, variables: { list: Array(count - 4).fill(null) } }),
  },
  { limit: "tokens", maximum: 5_000, write: (count) => ({ query: `{ row { id } }${times(count - 6, "\n#")}` }) },
  {
    limit: "brackets",
    maximum: 50,
    write: (count) => ({ query: `{ row { ${times(count - 2, "... { ")}id${times(count, " }")}` }),
  },
  {
    limit: "depth",
    maximum: 20,
    write: (count) => ({ query: `${times(count - 1, "{ row ")}{ id ${times(count, "}")}` }),
  },
  {
    limit: "aliases",
    maximum: 100,
    write: (count) => ({ query: `{ row { ${Array.from({ length: count }, (_, at) => `a${at}: id`).join(" ")} } }` }),
  },
  { limit: "rootFields", maximum: 50, write: (count) => ({ query: `{ ${times(count, "row { id } ")}}` }) },
  {
    limit: "expandedSelections",
    maximum: 5_000,
    // The row, 70 spreads of 70 fields, and the rest.
    write: (count) => ({
      query: `{ row { ${times(70, "...F ")}${times(count - 1 - 70 - 4_900, "id ")}} } fragment F on Row { ${times(70, "id ")}}`,
    }),
  },
  {
    limit: "directives",
    maximum: 200,
    write: (count) => ({ query: `{ row { id ${times(count, "... @include(if: true) { id } ")}} }` }),
  },
  { limit: "cost", maximum: 50_000, write: (count) => ({ query: `{ rows(first: ${count}) { id } }` }) },
];

/** Limits whose two sides are tested where they are, because they take time, another protocol or another schema. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  headerBytes: "http/server-lifecycle.test.ts",
  receiveTimeout: "http/server-lifecycle.test.ts",
  planSelections: "planning/plan-document.test.ts",
  planningTime: "planning/planning-gate.test.ts",
  ids: "nodes/node-transport.test.ts",
};

describe("the limits of requests", () => {
  let running: Awaited<ReturnType<typeof startHttpServer>>;

  beforeAll(async () => {
    running = await startHttpServer({ gateway: federation.gateway });
  });

  afterAll(() => running.server.close());

  async function send(body: unknown): Promise<{ status: number; body: { errors?: unknown; data?: unknown } }> {
    const response = await fetch(`${running.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  }

  it.each(CASES)(
    "$limit: $maximum pass, one more is refused and nothing is asked",
    async ({ limit, maximum, write }) => {
      const passed = await send(write(maximum));
      expect(JSON.stringify(passed.body)).not.toContain("LIMIT_EXCEEDED");
      const asked = federation.calls.length;
      const refused = await send(write(maximum + 1));
      expect(refused.status).toBe(limit === "bodyBytes" ? 413 : 400);
      expect(refused.body).toMatchObject({ errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit } }] });
      expect(refused.body).not.toHaveProperty("data");
      expect(federation.calls).toHaveLength(asked);
    },
  );

  it.each([
    ["expandedSelections", 60],
    ["cost", 14],
  ])("%s stays counted beyond all integers", async (limit, levels) => {
    const bomb = Array.from({ length: levels }, (_, at) => `fragment F${at} on Row { ...F${at + 1} ...F${at + 1} }`);
    const query =
      limit === "cost"
        ? `{ rows(first: 2147483647) { ${times(levels, "row { ")}id${times(levels, " }")} } }`
        : `{ row { ...F0 } } ${bomb.join(" ")} fragment F${levels} on Row { id }`;
    expect((await send({ query })).body).toMatchObject({ errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit } }] });
  });

  it("stand in the README, each with its two sides tested here or where it says", () => {
    const readme = readFileSync(join(__dirname, "../README.md"), "utf8");
    const table = readme.slice(readme.indexOf("| `limit` "), readme.indexOf("An answer tells 200 errors"));
    const documented = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name).filter((name) => name !== "limit");
    expect(documented).toEqual(expect.arrayContaining([...CASES.map(({ limit }) => limit), ...Object.keys(ELSEWHERE)]));
    for (const [limit, file] of Object.entries(ELSEWHERE)) {
      expect(readFileSync(join(__dirname, file), "utf8")).toContain(limit);
    }
  });
});
