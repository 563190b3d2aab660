import { setImmediate as nextTurn } from "node:timers/promises";
import { createFakeInstance, subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import { retryQueries } from "./retry-queries";
import type { UnreachableReason } from "./subgraph-transport";

function createRetrying(options: { maxSaved?: number; retryPercent?: number; maxPauseMs?: number } = {}) {
  const instance = createFakeInstance();
  const transport = retryQueries(instance.transport, {
    retryPercent: 10,
    maxSaved: 5,
    maxPauseMs: 0,
    random: () => 0.5,
    ...options,
  });
  return { instance, transport };
}

async function untilSent(instance: ReturnType<typeof createFakeInstance>, count: number): Promise<void> {
  while (instance.requests.length < count) {
    await nextTurn();
  }
}

describe("retryQueries()", () => {
  it.each(["{ a }", "query Q { a }", "\n query($x: Int) { a }"])("asks %j once more", async (query) => {
    const { instance, transport } = createRetrying();
    const answer = transport.execute(subgraphRequest({ query }));
    instance.fail("request-1", "refused");
    await untilSent(instance, 2);
    instance.answerAll();
    expect(await answer).toEqual({ data: {} });
  });

  it("gives up after the second attempt", async () => {
    const { instance, transport } = createRetrying();
    const answer = transport.execute(subgraphRequest());
    instance.fail("request-1", "refused");
    await untilSent(instance, 2);
    instance.fail("request-1", "refused");
    await expect(answer).rejects.toMatchObject({ reason: "refused" });
    expect(instance.requests).toHaveLength(2);
  });

  it.each(["mutation { a }", "  mutation M { a }", "fragment F on Q { a } mutation { a }", "queryMutation { a }", ""])(
    "never asks %j again",
    async (query) => {
      const { instance, transport } = createRetrying();
      const answer = transport.execute(subgraphRequest({ query }));
      instance.fail("request-1", "refused");
      await expect(answer).rejects.toMatchObject({ reason: "refused" });
      expect(instance.requests).toHaveLength(1);
    },
  );

  it.each<UnreachableReason | TypeError>([
    "timed_out",
    "invalid",
    "too_large",
    "aborted",
    "overloaded",
    "circuit_open",
    new TypeError("boom"),
  ])("does not ask again after %s", async (reason) => {
    const { instance, transport } = createRetrying();
    const answer = transport.execute(subgraphRequest());
    instance.fail("request-1", reason);
    await expect(answer).rejects.toBeInstanceOf(Error);
    expect(instance.requests).toHaveLength(1);
  });

  it("spends no more than its budget", async () => {
    const { instance, transport } = createRetrying({ maxSaved: 2, retryPercent: 10 });
    for (let count = 0; count < 50; count += 1) {
      let isOver = false;
      const answer = transport.execute(subgraphRequest()).catch(() => {
        isOver = true;
      });
      while (!isOver) {
        if (instance.running().length > 0) {
          instance.fail("request-1", "refused");
        }
        await nextTurn();
      }
      await answer;
    }
    // Two that were saved and one for each ten requests; the first deposit finds the savings full.
    expect(instance.requests).toHaveLength(50 + 2 + 4);
  });

  it("tells why the first attempt failed when the request ends in between", async () => {
    const { instance, transport } = createRetrying({ maxPauseMs: 60_000 });
    const controller = new AbortController();
    const answer = transport.execute(subgraphRequest({ signal: controller.signal }));
    instance.fail("request-1", "refused");
    await nextTurn();
    controller.abort();
    await expect(answer).rejects.toMatchObject({ reason: "refused" });
    expect(instance.requests).toHaveLength(1);
  });
});
