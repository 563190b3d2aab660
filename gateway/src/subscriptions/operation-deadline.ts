import { setMaxListeners } from "node:events";

/** The time that one answer may take. */
export interface OperationDeadline {
  /** In milliseconds since 1970. */
  readonly deadlineAtMs: number;
  /** Aborted when time is up (TimeoutError), or with the signal that the deadline was started with. */
  readonly signal: AbortSignal;
  /** Must be called when the answer is there. */
  end(): void;
}

export function startDeadline(timeoutMs: number, leaving: AbortSignal): OperationDeadline {
  const controller = new AbortController();
  // Every fetch under way listens: that is no leak to warn of.
  setMaxListeners(0, controller.signal);
  const leave = () => controller.abort(leaving.reason);
  const timer = setTimeout(() => {
    // The name by which a fetch knows that time was up, not that somebody lost interest.
    controller.abort(new DOMException("the deadline has passed", "TimeoutError"));
  }, timeoutMs);
  if (leaving.aborted) {
    leave();
  } else {
    leaving.addEventListener("abort", leave);
  }
  return {
    deadlineAtMs: Date.now() + timeoutMs,
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      leaving.removeEventListener("abort", leave);
    },
  };
}
