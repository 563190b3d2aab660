import { createFakeInstance, subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import { limitConcurrency } from "./limit-concurrency";

describe("limitConcurrency()", () => {
  it("runs as many as allowed, in the order of their coming", async () => {
    const instance = createFakeInstance();
    const transport = limitConcurrency(instance.transport, "scores", { maxRunning: 2, maxWaiting: 10 });
    const answers = ["a", "b", "c", "d"].map((requestId) => transport.execute(subgraphRequest({ requestId })));
    expect(instance.running()).toEqual(["a", "b"]);
    instance.answer("b");
    await answers[1];
    expect(instance.running()).toEqual(["a", "c"]);
    instance.fail("a", "refused");
    await expect(answers[0]).rejects.toMatchObject({ reason: "refused" });
    expect(instance.running()).toEqual(["c", "d"]);
  });

  it("turns away who comes when too many wait", async () => {
    const instance = createFakeInstance();
    const transport = limitConcurrency(instance.transport, "scores", { maxRunning: 1, maxWaiting: 1 });
    const [first, second] = [transport.execute(subgraphRequest()), transport.execute(subgraphRequest())];
    await expect(transport.execute(subgraphRequest())).rejects.toMatchObject({
      name: "SubgraphUnreachable",
      reason: "overloaded",
      outcome: "refused",
    });
    instance.answerAll();
    await first;
    instance.answerAll();
    await second;
    expect(instance.requests).toHaveLength(2);
  });

  it.each([
    ["TimeoutError", "timed_out"],
    ["AbortError", "aborted"],
  ])("sends nothing for who left while waiting: %s is %s", async (name, reason) => {
    const instance = createFakeInstance();
    const transport = limitConcurrency(instance.transport, "scores", { maxRunning: 1, maxWaiting: 1 });
    const first = transport.execute(subgraphRequest());
    const controller = new AbortController();
    const left = transport.execute(subgraphRequest({ signal: controller.signal }));
    controller.abort(new DOMException("over", name));
    await expect(left).rejects.toMatchObject({ reason });
    await expect(transport.execute(subgraphRequest({ signal: controller.signal }))).rejects.toMatchObject({ reason });
    const next = transport.execute(subgraphRequest({ requestId: "next" }));
    instance.answerAll();
    await first;
    instance.answerAll();
    await next;
    expect(instance.requests.map(({ requestId }) => requestId)).toEqual(["request-1", "next"]);
  });

  it("fails those that wait when it closes", async () => {
    const instance = createFakeInstance();
    const transport = limitConcurrency(instance.transport, "scores", { maxRunning: 1, maxWaiting: 1 });
    const first = transport.execute(subgraphRequest());
    const second = transport.execute(subgraphRequest());
    await transport.close();
    await expect(second).rejects.toMatchObject({ reason: "aborted" });
    expect(instance.isClosed()).toBe(true);
    instance.answerAll();
    await first;
  });
});
