import { subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import { FakeTime } from "@alliance-hub/tests/kit/fake-time";
import fc from "fast-check";
import type { SubgraphRequest, SubgraphResponse } from "../egress/subgraph-transport";
import { printEntityQuestion } from "../request/entity-question";
import { answerFromKept } from "./answer-from-kept";
import { keepAnswers } from "./keep-answers";
import { KeptAnswers } from "./kept-answers";

const MAX_AGE_MS = 1_000;
const QUERY = "query ($r: [_Any!]!) { _entities(representations: $r) { name } }";

interface Question {
  readonly ids?: readonly string[];
  /** Another `_entities` field of the same request. */
  readonly moreIds?: readonly string[];
  readonly authorizationClass?: string;
  readonly query?: string;
  readonly otherVariables?: string;
}

const print = (ids: readonly string[]) => ids.map((id) => `{"id":"${id}"}`);

function entityRequest({ ids = [], moreIds, query = QUERY, otherVariables = "", ...more }: Question): SubgraphRequest {
  const entities = {
    bodyHead: `{"query":${JSON.stringify(query)},"variables":`,
    otherVariables,
    groups: [
      { responseKey: "_entities", variable: "r", representations: print(ids) },
      ...(moreIds === undefined ? [] : [{ responseKey: "_e1", variable: "r1", representations: print(moreIds) }]),
    ],
  };
  const body = printEntityQuestion(entities);
  return subgraphRequest({ query, authorizationClass: "public", ...more, entities, body });
}

const rootRequest = (more: Partial<SubgraphRequest> = {}) =>
  subgraphRequest({ query: "{ top }", authorizationClass: "public", ...more });

function open(maxBytes = 1_000_000) {
  const time = new FakeTime();
  const asked: { readonly ids: string[]; readonly body: string }[] = [];
  const instance = {
    maxAgeMs: undefined as number | undefined,
    /** Changes each answer. */
    spoil: (response: SubgraphResponse): SubgraphResponse => response,
  };
  const kept = new KeptAnswers({ maxBytes, maxAgeMs: MAX_AGE_MS, clock: time.clock });
  const transport = {
    async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
      const lists = (request.entities?.groups ?? []).map(({ responseKey, variable }) => {
        const given: { id: string }[] = JSON.parse(request.body ?? "").variables[variable];
        return [responseKey, given.map(({ id }) => id)] as const;
      });
      asked.push({ ids: lists.flatMap(([, ids]) => ids), body: request.body ?? request.query });
      const name = (id: string) => ({ name: `${id}@${time.clock()}` });
      const data =
        request.entities === undefined
          ? { top: time.clock() }
          : Object.fromEntries(lists.map(([key, ids]) => [key, ids.map((id) => (id === "gone" ? null : name(id)))]));
      const { maxAgeMs } = instance;
      return instance.spoil({ data, ...(maxAgeMs !== undefined && { cacheHint: { maxAgeMs } }) });
    },
    async close() {},
  };
  const keeping = answerFromKept(keepAnswers(transport, kept), kept);
  const names = async (question: Question) => {
    const { data } = await keeping.execute(entityRequest(question));
    return (data as { _entities: ({ name: string } | null)[] })._entities.map((entity) => entity?.name ?? null);
  };
  return { time, asked, instance, kept, execute: keeping.execute.bind(keeping), names };
}

describe("keepAnswers() and answerFromKept()", () => {
  it("ask only for the entities that are not kept, in one request, and put all in order", async () => {
    const { names, asked, instance, time } = open();
    instance.maxAgeMs = 500;
    expect(await names({ ids: ["b", "d"] })).toEqual(["b@0", "d@0"]);
    await time.pass(10);
    expect(await names({ ids: ["a", "b", "c", "d", "e"] })).toEqual(["a@10", "b@0", "c@10", "d@0", "e@10"]);
    expect(await names({ ids: ["e", "a"] })).toEqual(["e@10", "a@10"]);
    expect(asked.map(({ ids }) => ids)).toEqual([
      ["b", "d"],
      ["a", "c", "e"],
    ]);
  });

  it("keep several groups of one request apart", async () => {
    const { execute, asked, instance } = open();
    instance.maxAgeMs = 500;
    await execute(entityRequest({ ids: ["a"], moreIds: ["b"] }));
    const { data } = await execute(entityRequest({ ids: ["a", "b"], moreIds: ["b"] }));
    expect(data).toEqual({ _entities: [{ name: "a@0" }, { name: "b@0" }], _e1: [{ name: "b@0" }] });
    expect(asked.map(({ ids }) => ids)).toEqual([["a", "b"], ["b"]]);
  });

  it("keep a root fetch as a whole", async () => {
    const { execute, asked, instance, time } = open();
    instance.maxAgeMs = 500;
    await execute(rootRequest());
    await time.pass(499);
    expect(await execute(rootRequest())).toEqual({ data: { top: 0 } });
    expect(await execute(rootRequest({ variables: { other: 1 } }))).toMatchObject({ data: { top: 499 } });
    await time.pass(1);
    expect(await execute(rootRequest())).toMatchObject({ data: { top: 500 } });
    expect(asked).toHaveLength(3);
  });

  it("keep nothing longer than the operator's maximum", async () => {
    const { names, instance, time } = open();
    instance.maxAgeMs = 1e15;
    await names({ ids: ["a"] });
    await time.pass(MAX_AGE_MS - 1);
    expect(await names({ ids: ["a"] })).toEqual(["a@0"]);
    await time.pass(1);
    expect(await names({ ids: ["a"] })).toEqual([`a@${MAX_AGE_MS}`]);
  });

  it.each<[string, Question]>([
    ["another class", { authorizationClass: "staff" }],
    ["another query", { query: `${QUERY} #` }],
    ["other variables", { otherVariables: '"x":1' }],
    ["no class", { authorizationClass: undefined }],
    ["a mutation's document", { query: "mutation { a }" }],
  ])("give nothing of it to %s", async (_what, more) => {
    const { names, instance, asked, time } = open();
    instance.maxAgeMs = 500;
    await names({ ids: ["a"] });
    await time.pass(1);
    expect(await names({ ids: ["a"], ...more })).toEqual(["a@1"]);
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Question]>([
    ["without a class", { authorizationClass: undefined }],
    ["that changes something", { query: "mutation { a }" }],
  ])("keep no answer to a request %s", async (_what, more) => {
    const { names, instance, kept } = open();
    instance.maxAgeMs = 500;
    await names({ ids: ["a"], ...more });
    expect(kept.isEmpty).toBe(true);
  });

  it.each<[string, (response: SubgraphResponse) => SubgraphResponse]>([
    ["without a hint", ({ data }) => ({ data })],
    ["with errors", (response) => ({ ...response, errors: [{ message: "one of them failed" }] })],
    ["with errors that are none", (response) => ({ ...response, errors: "x" })],
    ["without data", ({ cacheHint }) => ({ cacheHint })],
    ["with null", ({ cacheHint }) => ({ data: null, cacheHint })],
    ["with an entity too many", ({ cacheHint }) => ({ data: { _entities: [{}, {}] }, cacheHint })],
    ["with something else than an entity", ({ cacheHint }) => ({ data: { _entities: [7] }, cacheHint })],
  ])("keep nothing of an answer %s", async (_what, spoil) => {
    const { execute, instance, kept } = open();
    instance.maxAgeMs = 500;
    instance.spoil = spoil;
    await execute(entityRequest({ ids: ["a"] }));
    expect(kept.isEmpty).toBe(true);
  });

  it("keep no entity that is not known", async () => {
    const { names, instance, asked } = open();
    instance.maxAgeMs = 500;
    await names({ ids: ["gone", "a"] });
    expect(await names({ ids: ["gone", "a"] })).toEqual([null, "a@0"]);
    expect(asked.map(({ ids }) => ids)).toEqual([["gone", "a"], ["gone"]]);
  });

  it("tell errors of the rest at their places, and none of what was not asked for", async () => {
    const { execute, instance, names } = open();
    instance.maxAgeMs = 500;
    await names({ ids: ["a", "c"] });
    const errors = [{ path: ["_entities", 1, "name"] }, { message: "of all" }, { path: ["_entities", 2] }];
    instance.spoil = (response) => ({ ...response, errors });
    const answer = await execute(entityRequest({ ids: ["a", "b", "c", "d"] }));
    expect(answer.errors).toEqual([{ path: ["_entities", 3, "name"] }, { message: "of all" }]);
    instance.spoil = () => ({ errors: [{ message: "no" }] });
    expect(await execute(entityRequest({ ids: ["a", "x"] }))).toEqual({ errors: [{ message: "no" }], data: undefined });
  });

  it("stay within their bytes", async () => {
    const { names, instance, kept } = open(10_000);
    instance.maxAgeMs = 500;
    for (let count = 0; count < 500; count += 1) {
      await names({ ids: [`a${count}`, `b${count}`], otherVariables: `"n":${count % 50}` });
      expect(kept.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(kept.isEmpty).toBe(false);
  });

  it("give everybody what the instance said within the time that it allowed, and ask for no entity more often", async () => {
    const id = fc.constantFrom("a", "b", "c", "d", "gone");
    const step = fc.record({
      ids: fc.uniqueArray(id, { minLength: 1, maxLength: 5 }),
      authorizationClass: fc.constantFrom("public", "staff"),
      maxAgeMs: fc.option(fc.integer({ min: 1, max: 1_500 }), { nil: undefined }),
      passMs: fc.integer({ min: 0, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.constantFrom(400, 3_000, 1e6), async (steps, maxBytes) => {
        const { names, instance, time, asked } = open(maxBytes);
        /** `class id@time` -> until when it may be given. */
        const allowed = new Map<string, number>();
        for (const { ids, authorizationClass, maxAgeMs, passMs } of steps) {
          await time.pass(passMs);
          const nowMs = time.clock();
          instance.maxAgeMs = maxAgeMs;
          const before = asked.length;
          const answered = await names({ ids, authorizationClass });
          expect(asked.length - before).toBeLessThanOrEqual(1);
          const asking = asked.slice(before).flatMap((request) => request.ids);
          expect(new Set(asking).size).toBe(asking.length);
          answered.forEach((name, index) => {
            const own = ids[index] ?? "";
            if (own === "gone" || asking.includes(own)) {
              expect(name).toBe(own === "gone" ? null : `${own}@${nowMs}`);
            } else {
              expect(name?.startsWith(`${own}@`)).toBe(true);
              expect(allowed.get(`${authorizationClass} ${name}`)).toBeGreaterThan(nowMs);
            }
          });
          for (const own of maxAgeMs === undefined ? [] : asking) {
            allowed.set(`${authorizationClass} ${own}@${nowMs}`, nowMs + Math.min(maxAgeMs ?? 0, MAX_AGE_MS));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
