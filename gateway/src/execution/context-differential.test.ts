import { askContextMonolith, CONTEXT_SUBGRAPHS } from "@alliance-hub/tests/kit/context-shop";
import { createFederation } from "@alliance-hub/tests/kit/federation";
import { generateQuery } from "@alliance-hub/tests/kit/random-query";
import fc from "fast-check";
import { buildSchema, parse, printSchema, validate } from "graphql";

const shop = createFederation(CONTEXT_SUBGRAPHS, { limits: { maxAliases: 1_000 }, maxCost: 1e9 });
const monolith = buildSchema(printSchema(shop.gateway.schema));

const RUNS = 300;

describe("fetchWithContexts()", () => {
  it("answers any query as one graphql-js schema does whose resolvers know what is above them", async () => {
    let contextual = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), async (seed) => {
        const { query, variables } = generateQuery(monolith, seed, 5);
        fc.pre(validate(monolith, parse(query)).length === 0);
        contextual += /price|place|label|twin|buyer|greeting/.test(query) ? 1 : 0;
        const expected = await askContextMonolith(monolith, query, variables);
        const { data, errors } = await shop.execute(query, variables, { requestId: String(seed) });
        expect({ query, data, errors }).toEqual({ query, ...(expected as object), errors: undefined });
      }),
      { numRuns: RUNS },
    );
    // So that the generator cannot quietly stop asking.
    expect(contextual).toBeGreaterThan(RUNS / 10);
  }, 120_000);
});
