import { RequestRefused } from "../planning/request-refused";
import type { SubscriptionEndReason } from "./subscription-end";

/** Of one gateway. */
export const DEFAULT_MAX_SUBSCRIPTIONS = 1_000;

/** One subscription of a client. */
export interface OpenSubscription {
  /** Why the hub ends it; undefined while it does not. */
  readonly endReason: SubscriptionEndReason | undefined;
  /** Aborted when no more events are wanted: the client has gone, or the hub ends it. */
  readonly signal: AbortSignal;
  /** Tells that it is over. May be called more than once. */
  release(): void;
}

/** The subscriptions of one gateway: how many there are, and their common end. */
export class OpenSubscriptions {
  readonly #open = new Set<Subscription>();
  #endReason: SubscriptionEndReason | undefined;

  constructor(readonly maxOpen: number) {}

  get size(): number {
    return this.#open.size;
  }

  /**
   * @param leaving aborted when the client has gone
   * @throws RequestRefused RATE_LIMITED; NOT_AVAILABLE where there are none at all
   */
  open(leaving: AbortSignal): OpenSubscription {
    if (this.maxOpen === 0) {
      throw RequestRefused.because("NOT_AVAILABLE", "Subscriptions are not available.");
    }
    if (this.#open.size >= this.maxOpen) {
      throw RequestRefused.because("RATE_LIMITED", "Too many subscriptions are open: try again later.");
    }
    const subscription = new Subscription(leaving, () => this.#open.delete(subscription));
    this.#open.add(subscription);
    if (this.#endReason !== undefined) {
      subscription.end(this.#endReason);
    }
    return subscription;
  }

  /**
   * Ends all that are open, and from now on each new one at once. Settles when the last one has been told, or its client has
   * gone: a client that takes no results holds it until its connection is cut.
   */
  async endAll(reason: SubscriptionEndReason): Promise<void> {
    this.#endReason = reason;
    await Promise.all(
      [...this.#open].map((subscription) => {
        subscription.end(reason);
        return subscription.released;
      }),
    );
  }
}

class Subscription implements OpenSubscription {
  readonly #controller = new AbortController();
  readonly #leaving: AbortSignal;
  readonly released: Promise<void>;
  endReason: SubscriptionEndReason | undefined;
  release: () => void = () => undefined;

  constructor(leaving: AbortSignal, onRelease: () => void) {
    this.#leaving = leaving;
    this.released = new Promise((resolve) => {
      this.release = () => {
        leaving.removeEventListener("abort", this.#leave);
        this.#controller.abort(new DOMException("the subscription is over", "AbortError"));
        onRelease();
        resolve();
      };
    });
    leaving.addEventListener("abort", this.#leave);
    if (leaving.aborted) {
      this.#leave();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(reason: SubscriptionEndReason): void {
    this.endReason ??= reason;
    this.#controller.abort(new DOMException("the hub ends the subscription", "AbortError"));
  }

  /** Whoever takes the results may never look again: nothing must be left of the subscription. */
  readonly #leave = (): void => {
    this.#controller.abort(this.#leaving.reason);
    this.release();
  };
}
