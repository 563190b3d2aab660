import { setImmediate as nextTurn } from "node:timers/promises";
import { createFakeInstance, subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import pino from "pino";
import { protectTransport } from "./instance-transport";

describe("protectTransport()", () => {
  it("fails those that wait for an instance as soon as it is left alone, and says so in the log", async () => {
    const lines: Record<string, unknown>[] = [];
    const instance = createFakeInstance();
    const transport = protectTransport(instance.transport, {
      name: "scores",
      slots: { maxRunning: 1 },
      circuit: { minRequests: 1 },
      retries: { maxSaved: 0 },
      log: pino({}, { write: (line: string) => lines.push(JSON.parse(line)) }),
    });
    const ids = ["first", "second", "third", "fourth"];
    const answers = ids.map((requestId) =>
      transport.execute(subgraphRequest({ requestId })).catch(({ reason }: { reason: string }) => reason),
    );
    instance.fail("first", "refused");
    expect(await answers[0]).toBe("refused");
    expect(await answers[2]).toBe("circuit_open");
    expect(await answers[3]).toBe("circuit_open");
    // It took over the slot before the circuit knew of the failure.
    instance.fail("second", "refused");
    expect(await answers[1]).toBe("refused");
    expect(instance.requests.map(({ requestId }) => requestId)).toEqual(["first", "second"]);
    expect(lines).toMatchObject([{ level: 40, subgraph: "scores", state: "open", msg: "circuit" }]);
  });

  it("judges each attempt: a retry counts like a request", async () => {
    const instance = createFakeInstance();
    const transport = protectTransport(instance.transport, {
      name: "scores",
      circuit: { minRequests: 2 },
      retries: { maxPauseMs: 0 },
    });
    const answer = transport.execute(subgraphRequest()).catch(({ reason }: { reason: string }) => reason);
    instance.fail("request-1", "refused");
    while (instance.running().length === 0) {
      await nextTurn();
    }
    instance.fail("request-1", "refused");
    expect(await answer).toBe("refused");
    await expect(transport.execute(subgraphRequest())).rejects.toMatchObject({ reason: "circuit_open" });
    await transport.close();
    expect(instance.isClosed()).toBe(true);
  });

  it("tells what the first attempt met when the circuit does not let a second through", async () => {
    const instance = createFakeInstance();
    const transport = protectTransport(instance.transport, {
      name: "scores",
      circuit: { minRequests: 1 },
      retries: { maxPauseMs: 0 },
    });
    const answer = transport.execute(subgraphRequest()).catch(({ reason }: { reason: string }) => reason);
    instance.fail("request-1", "refused");
    expect(await answer).toBe("refused");
    expect(instance.requests).toHaveLength(1);
  });
});
