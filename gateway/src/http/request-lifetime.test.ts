import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { RunningRequests } from "./request-lifetime";

const openResponse = () => new EventEmitter() as unknown as ServerResponse & EventEmitter;
const untilAborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener("abort", () => resolve(signal.reason), { once: true }));

describe("RunningRequests", () => {
  it("ends an operation when its client leaves, its time is up or the server closes", async () => {
    const running = new RunningRequests();
    const response = openResponse();
    const left = running.run(response, 60_000, untilAborted);
    response.emit("close");
    expect(await left).toMatchObject({ name: "AbortError" });
    expect(await running.run(openResponse(), 1, untilAborted)).toMatchObject({ name: "TimeoutError" });
    const cutOff = running.run(openResponse(), 60_000, untilAborted);
    running.abortAll();
    expect(await cutOff).toMatchObject({ name: "AbortError" });
  });

  it("leaves nothing behind on the response, whether the operation succeeds or fails", async () => {
    const running = new RunningRequests();
    const response = openResponse();
    await running.run(response, 60_000, async () => 1);
    await expect(running.run(response, 60_000, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(response.listenerCount("close")).toBe(0);
  });

  it("lets any number of fetches listen without a warning", async () => {
    const warned = jest.fn();
    process.on("warning", warned);
    const running = new RunningRequests();
    await running.run(openResponse(), 60_000, async (signal) => {
      for (let fetch = 0; fetch < 20; fetch += 1) {
        signal.addEventListener("abort", () => undefined);
      }
    });
    await new Promise(setImmediate);
    process.off("warning", warned);
    expect(warned).not.toHaveBeenCalled();
  });
});
