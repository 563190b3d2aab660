import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { HttpRefusal } from "./http-refusal";

/** How long an engine may take to notice that its time is over, before the client is answered without it. */
const GRACE_MS = 1_000;

/** Requests that are being answered. Each ends by its answer, its deadline, its client's leaving or the server's end. */
export class RunningRequests {
  readonly #running = new Set<AbortController>();

  /**
   * Runs one operation with a signal that is aborted when nobody needs the answer any longer.
   * @throws HttpRefusal 504 when the operation goes on after its deadline
   */
  async run<T>(
    response: ServerResponse,
    timeoutMs: number,
    operation: (signal: AbortSignal, deadlineAtMs: number) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    // Every fetch under way listens, and a plan may have dozens: that is no leak to warn of.
    setMaxListeners(0, controller.signal);
    const leave = () => controller.abort(new DOMException("the client has gone", "AbortError"));
    let giveUp: (refusal: HttpRefusal) => void = () => undefined;
    let timer = setTimeout(() => {
      // The name by which a fetch knows that time was up, not that somebody lost interest.
      controller.abort(new DOMException("the deadline has passed", "TimeoutError"));
      timer = setTimeout(() => giveUp(timedOut()), GRACE_MS);
    }, timeoutMs);
    response.once("close", leave);
    this.#running.add(controller);
    try {
      return await new Promise<T>((resolve, reject) => {
        giveUp = reject;
        operation(controller.signal, Date.now() + timeoutMs).then(resolve, reject);
      });
    } finally {
      clearTimeout(timer);
      response.off("close", leave);
      this.#running.delete(controller);
    }
  }

  abortAll(): void {
    for (const controller of this.#running) {
      controller.abort(new DOMException("the server is shutting down", "AbortError"));
    }
  }
}

function timedOut(): HttpRefusal {
  return new HttpRefusal(504, "INTERNAL", "The operation took too long and was given up.");
}
