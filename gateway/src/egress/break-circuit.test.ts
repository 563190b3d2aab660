import { createFakeInstance, subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import { breakCircuit, DEFAULT_CIRCUIT } from "./break-circuit";
import type { CircuitState } from "./circuit";
import type { UnreachableReason } from "./subgraph-transport";

function createBreaker() {
  const instance = createFakeInstance();
  const states: CircuitState[] = [];
  const time = { nowMs: 0 };
  const transport = breakCircuit(instance.transport, {
    ...DEFAULT_CIRCUIT,
    minRequests: 2,
    probes: 1,
    name: "scores",
    clock: () => time.nowMs,
    onChange: (state) => states.push(state),
  });
  async function fail(reason: UnreachableReason | TypeError, tookMs = 0): Promise<void> {
    const answer = transport.execute(subgraphRequest());
    time.nowMs += tookMs;
    instance.fail("request-1", reason);
    await expect(answer).rejects.toBeInstanceOf(Error);
  }
  return { instance, states, time, transport, fail };
}

describe("breakCircuit()", () => {
  it.each<[UnreachableReason, number]>([
    ["refused", 0],
    ["invalid", 0],
    ["timed_out", DEFAULT_CIRCUIT.fairTimeMs],
  ])("leaves an instance alone that is %s", async (reason, tookMs) => {
    const { instance, states, transport, fail } = createBreaker();
    await fail(reason, tookMs);
    await fail(reason, tookMs);
    await expect(transport.execute(subgraphRequest())).rejects.toMatchObject({
      reason: "circuit_open",
      outcome: "circuit_open",
    });
    expect(instance.requests).toHaveLength(2);
    expect(states).toEqual(["open"]);
  });

  it.each<[string, UnreachableReason | TypeError, number]>([
    ["that had no time left", "timed_out", DEFAULT_CIRCUIT.fairTimeMs - 1],
    ["that was asked for too much", "too_large", 0],
    ["whose clients leave", "aborted", 0],
    ["that was not asked", "overloaded", 0],
    ["when the defect is ours", new TypeError("boom"), 0],
  ])("does not blame an instance %s", async (_what, reason, tookMs) => {
    const { states, fail } = createBreaker();
    for (let count = 0; count < 50; count += 1) {
      await fail(reason, tookMs);
    }
    expect(states).toEqual([]);
  });

  it("takes errors that are answered for answers", async () => {
    const { instance, states, transport } = createBreaker();
    for (let count = 0; count < 10; count += 1) {
      const answer = transport.execute(subgraphRequest());
      instance.answer("request-1", { errors: [{ message: "no" }] });
      await answer;
    }
    expect(states).toEqual([]);
  });

  it("tries again after its pause and comes back", async () => {
    const { instance, states, time, transport, fail } = createBreaker();
    await fail("refused");
    await fail("refused");
    time.nowMs += DEFAULT_CIRCUIT.openMs;
    await fail("refused");
    time.nowMs += DEFAULT_CIRCUIT.openMs;
    const probe = transport.execute(subgraphRequest());
    await expect(transport.execute(subgraphRequest())).rejects.toMatchObject({ reason: "circuit_open" });
    instance.answerAll();
    expect(await probe).toEqual({ data: {} });
    expect(states).toEqual(["open", "half_open", "open", "half_open", "closed"]);
  });
});
