import { composeSupergraph } from "../composition/compose-supergraph";
import { DEFAULT_OPERATION_LIMITS } from "./operation-limits";
import { NoPlan, type PlanMaker } from "./plan-maker";
import { createPlanner } from "./planner";
import { RequestRefused } from "./request-refused";

const compose = (sdl: string): string =>
  composeSupergraph([{ name: "Needs-1", url: "http://a.test", sdl }]).supergraphSdl ?? "";

const createNeedsPlanner = (maxEntries = 10, maxWeight = 100_000) =>
  createPlanner(
    compose("type Query { a: A as: [A!] } type Mutation { b: Int } type Subscription { c: Int } type A { x: Int }"),
    {
      limits: DEFAULT_OPERATION_LIMITS,
      introspection: true,
      cache: { maxEntries, maxWeight },
    },
  );

type Planner = ReturnType<typeof createNeedsPlanner>;

const plan = async (planner: Planner, query: string, operationName?: string, variables = {}, percentage = 0) =>
  planner.planOperation(planner.findOperation(query, operationName), variables, percentage);

describe("createPlanner()", () => {
  it("plans the same text once, also when asked twice at a time", async () => {
    const planner = createNeedsPlanner();
    const [first, second] = await Promise.all([plan(planner, "{ a { x } }"), plan(planner, "{ a { x } }")]);
    expect(second).toBe(first);
    expect(await plan(planner, "{ a { x } }")).toBe(first);
    expect(await plan(planner, "{ a { x  } }")).not.toBe(first);
  });

  it("forgets a document or a plan that outweighs the cache", async () => {
    const planner = createNeedsPlanner(10, 500);
    const small = "{ a { x } }";
    const padded = `{ a { x } } #${"-".repeat(500)}`;
    const large = `{ ${Array.from({ length: 30 }, (_, index) => `a${index}:a{x}`).join(" ")} }`;
    expect(await plan(planner, small)).toBe(await plan(planner, small));
    for (const text of [padded, large]) {
      const first = await plan(planner, text);
      expect(await plan(planner, text)).not.toBe(first);
    }
  });

  it("keeps operations of one document apart", async () => {
    const planner = createNeedsPlanner();
    const text = "query A { a { x } } mutation B { b }";
    const [a, b] = [await plan(planner, text, "A"), await plan(planner, text, "B")];
    expect([a.operationKind, b.operationKind]).toEqual(["query", "mutation"]);
    expect([a.operationName, b.operationName]).toEqual(["A", "B"]);
    await expect(plan(planner, text)).rejects.toThrow(RequestRefused);
    await expect(plan(planner, text, "")).rejects.toThrow(RequestRefused);
  });

  it("makes one plan for all percentages that activate the same labels of the operation", async () => {
    const link =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])\n';
    const sdl = {
      a: 'type Query { row: Row } type Row @key(fields: "id") { id: ID! half: Int most: Int all: Int }',
      b: `type Row @key(fields: "id") {
        id: ID!
        half: Int @override(from: "a", label: "percent(50)")
        most: Int @override(from: "a", label: "percent(90.5)")
        all: Int @override(from: "a", label: "done")
      }`,
    };
    const { supergraphSdl = "" } = composeSupergraph(
      Object.entries(sdl).map(([name, text]) => ({ name, url: `http://${name}.test`, sdl: link + text })),
    );
    const planner = createPlanner(supergraphSdl, {
      limits: DEFAULT_OPERATION_LIMITS,
      introspection: true,
      cache: { maxEntries: 10, maxWeight: 100_000 },
      overrideLabels: ["done", "unknown"],
    });
    const planAt = (query: string, percentage: number) => plan(planner, query, undefined, {}, percentage);
    const askedAt = async (query: string, percentage: number) =>
      JSON.stringify((await planAt(query, percentage)).plan).match(/(?<="serviceName":")\w/g);

    const query = "{ row { half } }";
    expect(await planAt(query, 10)).toBe(await planAt(query, 49.9));
    expect(await planAt(query, 50)).toBe(await planAt(query, 99));
    expect([await askedAt(query, 49.9), await askedAt(query, 50)]).toEqual([["a", "b"], ["a"]]);
    expect([await askedAt("{ row { most } }", 90.4), await askedAt("{ row { most } }", 90.5)]).toEqual([
      ["a", "b"],
      ["a"],
    ]);
    expect(await planAt("{ row { all } }", 1)).toBe(await planAt("{ row { all } }", 99));
    expect(await askedAt("{ row { all } }", 99)).toEqual(["a", "b"]);
    expect([...planner.knownOverrideLabels]).toEqual(["done"]);
    await planner.close();
  });

  it("makes one plan for each set of conditions", async () => {
    const planner = createNeedsPlanner();
    const text = "query ($s: Boolean = false) { a @skip(if: $s) { x } b: __typename }";
    const fetched = await plan(planner, text, undefined, { s: false, n: 1 });
    const skipped = await plan(planner, text, undefined, { s: true });
    expect(fetched.plan).toMatchObject({ kind: "Fetch", operation: "{a{x}}" });
    expect(skipped.plan).toBeUndefined();
    expect(await plan(planner, text, undefined, { s: false, n: 2 })).toBe(fetched);
    expect(await plan(planner, text, undefined, { s: true, n: 2 })).toBe(skipped);
  });

  it("does not keep what it refused", async () => {
    const planner = createNeedsPlanner(1);
    await plan(planner, "{ a { x } }");
    const refused = [plan(planner, "{ z }"), plan(planner, "{ z }")];
    for (const outcome of refused) {
      await expect(outcome).rejects.toThrow(/Cannot query field "z"/);
    }
  });

  it("plans a subscription", async () => {
    await expect(plan(createNeedsPlanner(), "subscription { c }")).resolves.toMatchObject({
      operationKind: "subscription",
      plan: { kind: "Subscription", primary: { operationKind: "subscription" } },
    });
  });

  it.each(["mutation { b }", "subscription { c }"])("refuses %s where the schema has none", async (query) => {
    const planner = createPlanner(compose("type Query { a: Int }"), {
      limits: DEFAULT_OPERATION_LIMITS,
      introspection: true,
      cache: { maxEntries: 1, maxWeight: 1_000 },
    });
    await expect(plan(planner, query)).rejects.toMatchObject({ errors: [{ code: "BAD_USER_INPUT" }] });
  });

  it("bounds what it tells of an invalid document", async () => {
    const query = `{ ${Array.from({ length: 40 }, (_, index) => `z${index}`).join(" ")} }`;
    const error = await plan(createNeedsPlanner(), query).catch((reason: unknown) => reason);
    expect((error as RequestRefused).errors.length).toBeLessThanOrEqual(11);
  });

  it.each(["{ __typename }", "{ __schema { queryType { name } } x: __typename }", "{ a @skip(if: true) { x } }"])(
    "needs no subgraph for %s",
    async (query) => {
      expect((await plan(createNeedsPlanner(), query)).plan).toBeUndefined();
    },
  );

  it("keeps a refusal that would be the same again, and forgets a failure that would not", async () => {
    const makePlan = jest
      .fn<ReturnType<PlanMaker["makePlan"]>, Parameters<PlanMaker["makePlan"]>>()
      .mockRejectedValueOnce(new Error("the process did not start"))
      .mockRejectedValueOnce(new NoPlan("it gives up"));
    const planner = createPlanner(compose("type Query { a: Int }"), {
      limits: DEFAULT_OPERATION_LIMITS,
      introspection: true,
      cache: { maxEntries: 10, maxWeight: 1_000 },
      planMaker: { makePlan, close: async () => undefined },
    });
    await expect(plan(planner, "{ a }")).rejects.toThrow("the process did not start");
    for (const attempt of [2, 2, 2]) {
      await expect(plan(planner, "{ a }")).rejects.toMatchObject({ errors: [{ code: "NOT_AVAILABLE" }] });
      expect(makePlan).toHaveBeenCalledTimes(attempt);
    }
  });

  it("knows schemas apart", () => {
    const ids = ["type Query { a: Int }", "type Query { b: Int }"].map(
      (sdl) =>
        createPlanner(compose(sdl), {
          limits: DEFAULT_OPERATION_LIMITS,
          introspection: true,
          cache: { maxEntries: 1, maxWeight: 1_000 },
        }).supergraph.schemaId,
    );
    expect(new Set(ids).size).toBe(2);
  });
});
