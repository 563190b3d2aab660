import { createFederation } from "@alliance-hub/tests/kit/federation";
import { generateQuery } from "@alliance-hub/tests/kit/random-query";
import { SHOP_ROOT, SHOP_SUBGRAPHS } from "@alliance-hub/tests/kit/shop";
import fc from "fast-check";
import { buildSchema, graphql, parse, printSchema, validate } from "graphql";

const OPTIONS = { limits: { maxAliases: 1_000 } };
const shop = createFederation(SHOP_SUBGRAPHS, OPTIONS);
const shopInProcess = createFederation(SHOP_SUBGRAPHS, { ...OPTIONS, isParsed: true });
const monolith = buildSchema(printSchema(shop.gateway.schema));

async function askMonolith(query: string, variables: Readonly<Record<string, unknown>>) {
  const result = await graphql({ schema: monolith, source: query, variableValues: variables, rootValue: SHOP_ROOT });
  return JSON.parse(JSON.stringify(result));
}

/** The value at a path, or null as soon as the path leads through a null. */
function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key] ?? null, data);
}

/** The part of a path that leads to the first null. */
function nulledRegion(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  const length = path.findIndex((_key, index) => valueAt(data, path.slice(0, index)) === null);
  return length === -1 ? path : path.slice(0, length);
}

const RUNS = 300;

describe("executeOperation()", () => {
  it("answers any query as one graphql-js schema over the same data does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), async (seed) => {
        const { query, variables } = generateQuery(monolith, seed);
        fc.pre(validate(monolith, parse(query)).length === 0);
        const expected = await askMonolith(query, variables);
        const { execute } = seed % 2 === 0 ? shop : shopInProcess;
        const actual = await execute(query, variables, { requestId: String(seed) });
        if (actual.kind === "request-error") {
          // The planner gives up on a @requires field whose entity is reached through another subgraph's key; on nothing else.
          expect({ query, refused: actual.errors }).toMatchObject({
            refused: [{ extensions: { code: "NOT_AVAILABLE" } }],
          });
          expect(query).toContain("shipping");
          return;
        }
        expect({ query, text: JSON.stringify(actual.data) }).toEqual({ query, text: JSON.stringify(expected.data) });
        const paths = (actual.errors ?? []).map(({ path }) => path ?? []);
        // One null can have several reasons, and each engine stops at another one; but every null has to be explained.
        for (const { path } of expected.errors ?? []) {
          const region = JSON.stringify(nulledRegion(actual.data, path)).slice(0, -1);
          const isExplained = paths.some((told) => JSON.stringify(told).startsWith(region));
          expect({ query, path, paths, isExplained }).toEqual({ query, path, paths, isExplained: true });
        }
        for (const error of actual.errors ?? []) {
          expect({ query, error, value: valueAt(actual.data, error.path ?? []) }).toEqual({
            query,
            error,
            value: null,
          });
        }
        expect(new Set(paths.map((path) => JSON.stringify(path))).size).toBe(paths.length);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
