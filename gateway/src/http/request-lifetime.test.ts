import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import type { EndSignal } from "../request/end-signal";
import { RunningRequests } from "./request-lifetime";

const openResponse = () => new EventEmitter() as unknown as ServerResponse & EventEmitter;
const untilAborted = (signal: EndSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener("abort", () => resolve(signal.reason)));

describe("RunningRequests", () => {
  it("ends an operation when its client leaves, its time is up or the server closes", async () => {
    const running = new RunningRequests(60_000);
    const response = openResponse();
    const left = running.run(response, untilAborted);
    response.emit("close");
    expect(await left).toMatchObject({ name: "AbortError" });
    expect(await new RunningRequests(1).run(openResponse(), untilAborted)).toMatchObject({ name: "TimeoutError" });
    const cutOff = running.run(openResponse(), untilAborted);
    running.abortAll();
    expect(await cutOff).toMatchObject({ name: "AbortError" });
  });

  it("leaves nothing behind on the response, whether the operation succeeds or fails", async () => {
    const running = new RunningRequests(60_000);
    const response = openResponse();
    await running.run(response, async () => 1);
    await expect(running.run(response, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(response.listenerCount("close")).toBe(0);
  });

  it("ends each at its own time, whatever became of those before it", async () => {
    const running = new RunningRequests(40);
    await running.run(openResponse(), async () => 1);
    const first = running.run(openResponse(), untilAborted);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const ended: string[] = [];
    const second = running.run(openResponse(), untilAborted).then(() => ended.push("second"));
    expect(await first.then(() => ended.push("first"))).toBe(1);
    await second;
    expect(ended).toEqual(["first", "second"]);
    // The timer has run out with nobody waiting, and is set again for who comes now.
    expect(await running.run(openResponse(), untilAborted)).toMatchObject({ name: "TimeoutError" });
  });
});
