import type { ServerResponse } from "node:http";
import type { EndSignal } from "../request/end-signal";
import { RequestEnd } from "../request/request-end";
import { HttpRefusal } from "./http-refusal";

/** How long an engine may take to notice that its time is over, before the client is answered without it. */
const GRACE_MS = 1_000;

interface RunningRequest {
  readonly end: RequestEnd;
  /** By the clock that never goes back. */
  readonly endsAtMs: number;
  /** Answers without the engine. */
  giveUp: (refusal: HttpRefusal) => void;
}

/**
 * Requests that are being answered. Each ends by its answer, its deadline, its client's leaving or the server's end.
 * All have the same time, so whose request came first has his end first, and one timer serves them all.
 */
export class RunningRequests {
  /** In the order of their ends. */
  readonly #running = new Set<RunningRequest>();
  #timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs how long each may take */
  constructor(readonly timeoutMs: number) {}

  /**
   * Runs one operation with a signal that is aborted when nobody needs the answer any longer.
   * @throws HttpRefusal 504 when the operation goes on after its deadline
   */
  async run<T>(
    response: ServerResponse,
    operation: (signal: EndSignal, deadlineAtMs: number) => Promise<T>,
  ): Promise<T> {
    const end = new RequestEnd();
    const running: RunningRequest = { end, endsAtMs: performance.now() + this.timeoutMs, giveUp: () => undefined };
    const leave = () => end.abort("the client has gone");
    response.on("close", leave);
    this.#running.add(running);
    this.#timer ??= this.#wakeIn(this.timeoutMs);
    try {
      return await new Promise<T>((resolve, reject) => {
        running.giveUp = reject;
        operation(end, Date.now() + this.timeoutMs).then(resolve, reject);
      });
    } finally {
      response.off("close", leave);
      this.#running.delete(running);
    }
  }

  abortAll(): void {
    for (const { end } of this.#running) {
      end.abort("the server is shutting down");
    }
  }

  /** Keeps no process alive: an open connection does. */
  #wakeIn(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.#endOverdue(), delayMs).unref();
  }

  #endOverdue(): void {
    const nowMs = performance.now();
    this.#timer = undefined;
    for (const running of this.#running) {
      if (running.endsAtMs > nowMs) {
        this.#timer = this.#wakeIn(running.endsAtMs - nowMs);
        return;
      }
      this.#running.delete(running);
      // The name by which a fetch knows that time was up, not that somebody lost interest.
      running.end.abort("the deadline has passed", "TimeoutError");
      setTimeout(() => running.giveUp(timedOut()), GRACE_MS).unref();
    }
  }
}

function timedOut(): HttpRefusal {
  return new HttpRefusal(504, "INTERNAL", "The operation took too long and was given up.");
}
