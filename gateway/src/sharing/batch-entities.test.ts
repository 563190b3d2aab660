import { createFakeInstance, subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import { FakeTime, settleAll } from "@alliance-hub/tests/kit/fake-time";
import type { SubgraphRequest, SubgraphResponse } from "../egress/subgraph-transport";
import { printEntityQuestion } from "../request/entity-question";
import { batchEntities } from "./batch-entities";
import { DEFAULT_SHARING } from "./sharing";

const QUERY =
  "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on A { name } } }";

function ask(requestId: string, ids: readonly string[], more: Partial<SubgraphRequest> = {}): SubgraphRequest {
  const entities = {
    bodyHead: `{"query":"${more.query ?? QUERY}","variables":`,
    otherVariables: "",
    groups: [{ responseKey: "_entities", variable: "representations", representations: ids.map((id) => `"${id}"`) }],
    ...more.entities,
  };
  const body = printEntityQuestion(entities);
  return subgraphRequest({ query: QUERY, requestId, authorizationClass: "public", ...more, entities, body });
}

function open({ isAlone = false, limits = {} } = {}) {
  const instance = createFakeInstance();
  const time = new FakeTime();
  let turnEnds: (() => void)[] = [];
  const transport = batchEntities(instance.transport, "scores", {
    limits: { ...DEFAULT_SHARING.batches, ...limits },
    clock: time.clock,
    schedule: time.schedule,
    patienceMs: 0,
    isAlone: () => isAlone,
    afterTurn: (callback) => turnEnds.push(callback),
  });
  const representationsOf = ({ body = "" }: SubgraphRequest) => JSON.parse(body).variables.representations;
  return {
    instance,
    time,
    /** What becomes of a request. */
    send(request: SubgraphRequest): Promise<SubgraphResponse | string> {
      return transport.execute(request).catch((error: { reason?: string }) => error.reason ?? String(error));
    },
    async endTurn() {
      for (const end of turnEnds.splice(0)) {
        end();
      }
      turnEnds = [];
      await settleAll();
    },
    sent: () => instance.requests.map(representationsOf),
  };
}

const named = (...names: readonly (string | null)[]) => ({
  data: { _entities: names.map((name) => (name === null ? null : { name })) },
});

describe("batchEntities()", () => {
  it("sends requests of one turn as one and gives each its own entities", async () => {
    const { instance, send, endTurn, sent } = open();
    const answers = [send(ask("1", ["a", "b"])), send(ask("2", ["b", "c"]))];
    expect(sent()).toEqual([]);
    await endTurn();
    expect(sent()).toEqual([["a", "b", "c"]]);
    instance.answer("1", { ...named("A", "B", null), errors: [{ message: "x", path: ["_entities", 2, "name"] }] });
    expect(await Promise.all(answers)).toEqual([
      named("A", "B"),
      { ...named("B", null), errors: [{ message: "x", path: ["_entities", 1, "name"] }] },
    ]);
  });

  it("tells variables as they are in the request that is sent", async () => {
    const { instance, send, endTurn } = open();
    const lazy = (request: SubgraphRequest) =>
      Object.defineProperty(request, "variables", {
        enumerable: true,
        get() {
          return JSON.parse(this.body).variables;
        },
      });
    void send(lazy(ask("1", ["a"])));
    void send(lazy(ask("2", ["b"])));
    await endTurn();
    expect(instance.requests.map(({ variables }) => variables)).toEqual([{ representations: ["a", "b"] }]);
    instance.answerAll();
    await settleAll();
    instance.answerAll();
  });

  it.each<[string, Partial<SubgraphRequest>]>([
    ["another class", { authorizationClass: "staff" }],
    ["another query", { query: `${QUERY} #` }],
    ["other variables", { entities: { otherVariables: '"a":1', bodyHead: "", groups: [] } }],
  ])("keeps %s apart", async (_what, more) => {
    const { send, endTurn, sent, instance } = open();
    const groups = ask("2", ["b"]).entities?.groups ?? [];
    const entities = more.entities && { ...more.entities, bodyHead: `{"query":"${QUERY}","variables":`, groups };
    void send(ask("1", ["a"]));
    void send(ask("2", ["b"], { ...more, ...(entities && { entities }) }));
    await endTurn();
    expect(sent()).toEqual([["a"], ["b"]]);
    instance.answerAll();
  });

  it.each([
    ["without a class", { authorizationClass: undefined }],
    ["that may change something", { query: "mutation { a }" }],
  ])("sends a request %s at once", (_what, more) => {
    const { send, sent, instance } = open();
    void send(ask("1", ["a"], more));
    expect(sent()).toEqual([["a"]]);
    instance.answerAll();
  });

  it("does not wait for others when there are none", () => {
    const { send, sent, instance } = open({ isAlone: true });
    void send(ask("1", ["a"]));
    expect(sent()).toEqual([["a"]]);
    instance.answerAll();
  });

  it("sends a single request as it is", async () => {
    const { send, endTurn, instance } = open();
    const request = ask("1", ["a"]);
    void send(request);
    await endTurn();
    expect(instance.requests).toEqual([request]);
    instance.answerAll();
  });

  it.each([
    [
      { maxRepresentations: 3 },
      [
        ["a", "b"],
        ["c", "d", "e"],
      ],
    ],
    [{ maxRequests: 1 }, [["a", "b"], ["c", "d"], ["e"]]],
    [{ maxCharacters: 1 }, [["a", "b"], ["c", "d"], ["e"]]],
  ])("bounds a batch by %j and sends a full one at once", async (limits, expected) => {
    const { send, endTurn, sent, instance } = open({ limits });
    for (const [index, ids] of [["a", "b"], ["c", "d"], ["e"]].entries()) {
      void send(ask(String(index), ids));
    }
    expect(sent()).toEqual(expected.slice(0, -1));
    await endTurn();
    expect(sent()).toEqual(expected);
    instance.answerAll();
    await settleAll();
    instance.answerAll();
  });

  it("lets each go by his own end, and ends when all have gone", async () => {
    const { send, endTurn, instance } = open();
    const controllers = [new AbortController(), new AbortController()];
    const answers = controllers.map(({ signal }, index) =>
      send(ask(String(index), [`${index}`], { signal, deadlineAtMs: 1_000 + index })),
    );
    await endTurn();
    expect(instance.requests[0]?.deadlineAtMs).toBe(1_001);
    controllers[0]?.abort(new DOMException("time is up", "TimeoutError"));
    expect(await answers[0]).toBe("timed_out");
    expect(instance.requests[0]?.signal.aborted).toBe(false);
    controllers[1]?.abort(new DOMException("gone", "AbortError"));
    expect(instance.requests[0]?.signal.aborted).toBe(true);
    instance.fail("0", "aborted");
    expect(await answers[1]).toBe("aborted");
  });

  it("does not send what nobody waits for when the turn ends", async () => {
    const { send, endTurn, sent, instance } = open();
    const controller = new AbortController();
    const gone = send(ask("1", ["a"], { signal: controller.signal }));
    void send(ask("2", ["b"]));
    controller.abort(new DOMException("gone", "AbortError"));
    await endTurn();
    expect(await gone).toBe("aborted");
    expect(sent()).toEqual([["b"]]);
    instance.answerAll();
  });

  it("tells all that the instance cannot be reached", async () => {
    const { send, endTurn, instance } = open();
    const answers = [send(ask("1", ["a"])), send(ask("2", ["b"]))];
    await endTurn();
    instance.fail("1", "refused");
    expect(await Promise.all(answers)).toEqual(["refused", "refused"]);
    expect(instance.requests).toHaveLength(1);
  });

  it.each([
    ["refused as a whole", (instance: ReturnType<typeof createFakeInstance>) => instance.answer("1", { errors: [{}] })],
    ["too large together", (instance: ReturnType<typeof createFakeInstance>) => instance.fail("1", "too_large")],
  ])("asks for each by itself, for a while, what was %s", async (_what, spoil) => {
    const { send, endTurn, instance, sent, time } = open();
    const answers = [send(ask("1", ["poison"])), send(ask("2", ["b"]))];
    await endTurn();
    spoil(instance);
    await settleAll();
    expect(sent()).toEqual([["poison", "b"], ["poison"], ["b"]]);
    instance.answer("1", { errors: [{ message: "no" }] });
    instance.answer("2", named("B"));
    expect(await Promise.all(answers)).toEqual([{ errors: [{ message: "no" }] }, named("B")]);
    void send(ask("3", ["c"]));
    expect(sent()).toHaveLength(4);
    await time.pass(DEFAULT_SHARING.batches.pauseMs);
    void send(ask("4", ["d"]));
    expect(sent()).toHaveLength(4);
    await endTurn();
    instance.answerAll();
  });
});
