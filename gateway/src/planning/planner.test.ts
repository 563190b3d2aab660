import { composeSupergraph } from "../composition/compose-supergraph";
import { DEFAULT_OPERATION_LIMITS } from "./operation-limits";
import { createPlanner } from "./planner";
import { RequestRefused } from "./request-refused";

const compose = (sdl: string): string =>
  composeSupergraph([{ name: "Needs-1", url: "http://a.test", sdl }]).supergraphSdl ?? "";

const createNeedsPlanner = (maxCachedPlans = 10) =>
  createPlanner(
    compose("type Query { a: A as: [A!] } type Mutation { b: Int } type Subscription { c: Int } type A { x: Int }"),
    {
      limits: DEFAULT_OPERATION_LIMITS,
      maxCachedPlans,
    },
  );

describe("createPlanner()", () => {
  it("plans the same text once, also when asked twice at a time", async () => {
    const planner = createNeedsPlanner();
    const [first, second] = await Promise.all([
      planner.planOperation("{ a { x } }", undefined),
      planner.planOperation("{ a { x } }", undefined),
    ]);
    expect(second).toBe(first);
    expect(await planner.planOperation("{ a { x } }", undefined)).toBe(first);
    expect(await planner.planOperation("{ a { x  } }", undefined)).not.toBe(first);
  });

  it("keeps operations of one document apart", async () => {
    const planner = createNeedsPlanner();
    const text = "query A { a { x } } mutation B { b }";
    const [a, b] = [await planner.planOperation(text, "A"), await planner.planOperation(text, "B")];
    expect([a.operationKind, b.operationKind]).toEqual(["query", "mutation"]);
    expect([a.operationName, b.operationName]).toEqual(["A", "B"]);
    await expect(planner.planOperation(text, undefined)).rejects.toThrow(RequestRefused);
    await expect(planner.planOperation(text, "")).rejects.toThrow(RequestRefused);
  });

  it("does not keep what it refused", async () => {
    const planner = createNeedsPlanner(1);
    await planner.planOperation("{ a { x } }", undefined);
    const refused = [planner.planOperation("{ z }", undefined), planner.planOperation("{ z }", undefined)];
    for (const outcome of refused) {
      await expect(outcome).rejects.toThrow(/Cannot query field "z"/);
    }
  });

  it("refuses a subscription", async () => {
    await expect(createNeedsPlanner().planOperation("subscription { c }", undefined)).rejects.toMatchObject({
      errors: [{ code: "NOT_AVAILABLE" }],
    });
  });

  it("bounds what it tells of an invalid document", async () => {
    const query = `{ ${Array.from({ length: 40 }, (_, index) => `z${index}`).join(" ")} }`;
    const error = await createNeedsPlanner()
      .planOperation(query, undefined)
      .catch((reason: unknown) => reason);
    expect((error as RequestRefused).errors.length).toBeLessThanOrEqual(11);
  });

  it.each(["{ __typename }", "{ __schema { queryType { name } } x: __typename }", "{ a @skip(if: true) { x } }"])(
    "needs no subgraph for %s",
    async (query) => {
      expect((await createNeedsPlanner().planOperation(query, undefined)).plan).toBeUndefined();
    },
  );

  it("knows schemas apart", () => {
    const ids = ["type Query { a: Int }", "type Query { b: Int }"].map(
      (sdl) => createPlanner(compose(sdl), { limits: DEFAULT_OPERATION_LIMITS, maxCachedPlans: 1 }).supergraph.schemaId,
    );
    expect(new Set(ids).size).toBe(2);
  });
});
