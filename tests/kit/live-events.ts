import { until } from "./until";

/** What the subscribers of a resolver get, when the test says so. */
export class LiveEvents<Event> {
  readonly #subscribers = new Set<(step: IteratorResult<Event, undefined>) => void>();

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** To every subscriber. */
  emit(...events: Event[]): void {
    for (const event of events) {
      for (const push of this.#subscribers) {
        push({ done: false, value: event });
      }
    }
  }

  end(): void {
    for (const push of this.#subscribers) {
      push({ done: true, value: undefined });
    }
    this.#subscribers.clear();
  }

  untilSubscribed(subscribers = 1): Promise<void> {
    return until(`there are ${subscribers} subscribers`, () => this.#subscribers.size === subscribers);
  }

  /** What `subscribe` of a resolver returns. */
  listen(): AsyncIterableIterator<Event> {
    const waiting: IteratorResult<Event, undefined>[] = [];
    let wake: (() => void) | undefined;
    const push = (step: IteratorResult<Event, undefined>) => {
      waiting.push(step);
      wake?.();
    };
    this.#subscribers.add(push);
    return {
      next: async () => {
        while (waiting.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        return waiting.shift() ?? { done: true, value: undefined };
      },
      return: async () => {
        this.#subscribers.delete(push);
        push({ done: true, value: undefined });
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
