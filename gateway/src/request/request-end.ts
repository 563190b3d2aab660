import type { EndSignal } from "./end-signal";

/** The end of one request, and who wants to be told of it: an AbortController without the cost of events. */
export class RequestEnd implements EndSignal {
  readonly #listeners = new Set<() => void>();
  #reason: DOMException | undefined;

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  get reason(): DOMException | undefined {
    return this.#reason;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    if (this.#reason === undefined) {
      this.#listeners.add(listener);
    }
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Tells all who listen; only the first call counts. */
  abort(message: string, name: "AbortError" | "TimeoutError" = "AbortError"): void {
    if (this.#reason !== undefined) {
      return;
    }
    this.#reason = new DOMException(message, name);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) {
      listener();
    }
  }
}
