import { createLibrary } from "@alliance-hub/tests/kit/library";
import type { Gateway } from "../../gateway";
import type { UsedOperation } from "../../operation-use";
import { RequestRefused } from "../../planning/request-refused";
import type { GatewayRequest } from "../../request/graphql-request";
import { createLog } from "../../telemetry/log";
import { ServingGateway } from "./serving-gateway";
import { warmGateway } from "./warm-gateway";

const REQUEST: GatewayRequest = {
  query: "{ a }",
  requestId: "1",
  deadlineAtMs: Date.now() + 60_000,
  signal: new AbortController().signal,
  allowMutation: true,
};

/** A gateway whose requests end when they are told to. */
function fakeGateway(schemaId: string, operations: readonly UsedOperation[] = []) {
  const answers: (() => void)[] = [];
  const prepared: UsedOperation[] = [];
  const state = { isClosed: false };
  const gateway: Gateway = {
    ...createLibrary().gateway,
    schemaId,
    execute: () => new Promise((resolve) => answers.push(() => resolve({ kind: "executed", data: { by: schemaId } }))),
    listOperations: async (max) => operations.slice(0, max),
    warm: async (operation) => {
      if (operation.query === "gone") {
        throw RequestRefused.because("BAD_USER_INPUT", "no such field");
      }
      if (operation.query === "broken") {
        throw new Error("defect");
      }
      prepared.push(operation);
    },
    close: async () => {
      state.isClosed = true;
    },
  };
  return { gateway, answers, prepared, state };
}

function serve(first: Gateway, drainTimeoutMs = 60_000) {
  const logLines: Record<string, unknown>[] = [];
  const log = createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) });
  return { serving: new ServingGateway(first, { drainTimeoutMs, log }), logLines };
}

const use = (query: string, uses = 1): UsedOperation => ({ query, operationName: undefined, conditions: {}, uses });
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("ServingGateway", () => {
  it("ends a request on the gateway that it began on, and closes that one after its last", async () => {
    const old = fakeGateway("old");
    const next = fakeGateway("next");
    const { serving, logLines } = serve(old.gateway);
    const [first, second] = [serving.execute(REQUEST), serving.execute(REQUEST)];
    await serving.replace(next.gateway);
    const third = serving.execute(REQUEST);
    next.answers[0]?.();
    expect(await third).toMatchObject({ data: { by: "next" } });
    old.answers[0]?.();
    expect(await first).toMatchObject({ data: { by: "old" } });
    await settle();
    expect(old.state.isClosed).toBe(false);
    old.answers[1]?.();
    expect(await second).toMatchObject({ data: { by: "old" } });
    await settle();
    expect(old.state.isClosed).toBe(true);
    expect(next.state.isClosed).toBe(false);
    expect(logLines).toMatchObject([
      { msg: "a new schema is served", schemaId: "next", previousSchemaId: "old", durationMs: expect.any(Number) },
      { msg: "an old schema has gone", level: "debug", unfinished: 0 },
    ]);
    await serving.close();
    expect(next.state.isClosed).toBe(true);
  });

  it("closes an old gateway whose requests do not end", async () => {
    const old = fakeGateway("old");
    const { serving, logLines } = serve(old.gateway, 1);
    void serving.execute(REQUEST);
    await serving.replace(fakeGateway("next").gateway);
    while (!old.state.isClosed) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await settle();
    expect(logLines.at(-1)).toMatchObject({ msg: "an old schema has gone", level: "warn", unfinished: 1 });
    await serving.close();
  });

  it("tells subscriptions of the old gateway to be made again, and closes it when they have been told", async () => {
    const old = fakeGateway("old");
    const next = fakeGateway("next");
    const reasons: string[] = [];
    let tell: (() => void) | undefined;
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const { serving } = serve({
      ...old.gateway,
      endSubscriptions: (reason) => {
        reasons.push(reason);
        return told;
      },
    });
    await serving.replace(next.gateway);
    await settle();
    expect([reasons, old.state.isClosed]).toEqual([["schema_changed"], false]);
    tell?.();
    await settle();
    expect(old.state.isClosed).toBe(true);
    const { query, requestId, allowMutation } = REQUEST;
    const { signal } = new AbortController();
    const outcome = serving.subscribe({ query, requestId, signal, allowMutation, timeoutMs: 1_000 });
    expect(await outcome).toMatchObject({ kind: "response" });
    await serving.endSubscriptions("shutting_down");
    await serving.close();
  });

  it("closes all that there is, also what still drains", async () => {
    const old = fakeGateway("old");
    const next = fakeGateway("next");
    const { serving } = serve(old.gateway);
    void serving.execute(REQUEST);
    await serving.replace(next.gateway);
    await serving.close();
    expect([old.state.isClosed, next.state.isClosed]).toEqual([true, true]);
  });

  it("lets the fifth old gateway wait for the first to end", async () => {
    const gateways = Array.from({ length: 6 }, (_, at) => fakeGateway(String(at)));
    const [first] = gateways;
    const { serving } = serve(gateways[0]?.gateway ?? fakeGateway("").gateway);
    const replaced: Promise<void>[] = [];
    for (const { gateway } of gateways.slice(1)) {
      void serving.execute(REQUEST);
      replaced.push(serving.replace(gateway));
      await Promise.race([replaced.at(-1), new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    expect(serving.schemaId).toBe("4");
    first?.answers[0]?.();
    await Promise.all(replaced);
    expect(serving.schemaId).toBe("5");
    await serving.close();
  });

  it("prepares what was asked most at half its count, leaves out what is not answered any more, and says so", async () => {
    const next = fakeGateway("next");
    const { serving, logLines } = serve(fakeGateway("old", [use("a", 7), use("gone", 3), use("b")]).gateway);
    await serving.replace(next.gateway);
    expect(next.prepared).toEqual([use("a", 3), use("b", 0)]);
    expect(logLines[0]).toMatchObject({ warmedOperations: 2, refusedOperations: 1 });
    await serving.close();
  });

  it("switches although an operation cannot be prepared, and logs why", async () => {
    const { serving, logLines } = serve(fakeGateway("old", [use("broken"), use("a", 2)]).gateway);
    const next = fakeGateway("next");
    await serving.replace(next.gateway);
    expect(serving.schemaId).toBe("next");
    expect(next.prepared).toEqual([use("a", 1)]);
    expect(logLines[0]).toMatchObject({ level: "error", err: { message: "defect" } });
    await serving.close();
  });

  it("prepares no more than fits in the time, and nothing once it closes", async () => {
    const next = fakeGateway("next");
    const old = fakeGateway("old", [use("a", 2), use("b", 2), use("c", 2)]);
    const log = createLog("silent", { write: () => undefined });
    const signal = new AbortController().signal;
    let nowMs = 0;
    const clock = () => (nowMs += 10);
    expect(
      await warmGateway(next.gateway, old.gateway, { maxOperations: 10, timeLimitMs: 25 }, { signal, log }, clock),
    ).toEqual({ prepared: 2, refused: 0 });
    const bounds = { maxOperations: 1, timeLimitMs: 1_000 };
    expect((await warmGateway(next.gateway, old.gateway, bounds, { signal, log }, clock)).prepared).toBe(1);
    expect(
      (await warmGateway(next.gateway, old.gateway, bounds, { signal: AbortSignal.abort(), log }, clock)).prepared,
    ).toBe(0);
  });
});

describe("listOperations() and warm()", () => {
  it("tell another gateway what was asked most, with the conditions", async () => {
    const { gateway, execute } = createLibrary();
    const query = "query Me($more: Boolean!) { me { name nick @include(if: $more) } }";
    await execute("{ me { name } }");
    await execute(query, { more: true }, { operationName: "Me" });
    await execute(query, { more: true }, { operationName: "Me" });
    await execute(query, { more: false }, { operationName: "Me" });
    await execute("{ nothing }");
    const used = await gateway.listOperations(10);
    expect(used).toMatchObject([
      { query, operationName: "Me", conditions: { more: true }, uses: 2 },
      { query, conditions: { more: false }, uses: 1 },
      { query: "{ me { name } }", operationName: undefined, uses: 1 },
    ]);
    expect(await gateway.listOperations(1)).toHaveLength(1);

    const next = createLibrary();
    for (const operation of used) {
      await next.gateway.warm({ ...operation, uses: 0 });
    }
    // What nobody asked this one for is not handed on.
    expect(await next.gateway.listOperations(10)).toEqual([]);
    await next.execute("{ me { name } }");
    expect(await next.gateway.listOperations(10)).toMatchObject([{ query: "{ me { name } }", uses: 1 }]);
    await expect(next.gateway.warm(use("{ nothing }"))).rejects.toThrow(RequestRefused);
  });
});
