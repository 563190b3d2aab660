import { createFederation } from "@alliance-hub/tests/kit/federation";
import { SHOP_SUBGRAPHS } from "@alliance-hub/tests/kit/shop";
import { print } from "graphql";
import { DEFAULT_OPERATION_LIMITS } from "./operation-limits";
import { splitOperation } from "./plan-document";
import { createPlanner } from "./planner";
import { RequestRefused } from "./request-refused";

const shop = createFederation(SHOP_SUBGRAPHS);
const planner = createPlanner(shop.supergraphSdl, {
  limits: DEFAULT_OPERATION_LIMITS,
  introspection: true,
  cache: { maxEntries: 10, maxWeight: 100_000 },
});

/** What the planner reads, without spaces to spare. */
function planTextOf(query: string): string {
  const { operation, fragments } = planner.findOperation(query, undefined);
  const { planDocument } = splitOperation(operation, fragments, {}, planner.supergraph, planner.planKeys);
  return planDocument === undefined ? "" : print(planDocument).replace(/\s+/g, " ");
}

const nest = (levels: number, wrap: (inner: string, level: number) => string, leaf: string): string =>
  Array.from({ length: levels }).reduce<string>((inner, _, level) => wrap(inner, level), leaf);

describe("splitOperation()", () => {
  it("writes a fragment on an abstract type once for each object type, however many stand inside one another", () => {
    const nested = (levels: number) =>
      planTextOf(
        `{ products { ${nest(levels, (inner, level) => `... on ${level % 2 === 0 ? "Scored" : "Product"} { ${inner} }`, "__typename")} } }`,
      );
    expect(nested(2)).toContain("... on Book");
    for (const levels of [2, 10, 46]) {
      expect(nested(levels).match(/\.\.\. on/g)).toHaveLength(2);
    }
  });

  it("leaves out what the chosen object type cannot be", async () => {
    const query =
      "{ search { ... on Scored { ... on Book { pages } ... on Product { ... on Toy { age } title } score } } }";
    expect(planTextOf(query)).not.toMatch(/on Book \{[^}]*\.\.\. on Toy/);
    expect((await shop.execute(query)).data).toEqual({
      search: [{}, { pages: 100, title: "Book 1", score: 0.5 }, {}, null, { age: 3, title: "Toy 2", score: 1 }],
    });
  });

  it("writes out so many selections and refuses more: levels of an interface multiply", () => {
    const related = (levels: number) =>
      planTextOf(
        `{ products { ${nest(levels, (inner) => `... on Scored { ... on Product { related { ${inner} } } }`, "id")} } }`,
      );
    expect(related(9)).toContain("related");
    let refusal: unknown;
    try {
      related(12);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(RequestRefused);
    expect(refusal).toMatchObject({ errors: [{ code: "LIMIT_EXCEEDED", extensions: { limit: "planSelections" } }] });
  });
});
