import { FailureWindow } from "./failure-window";

export interface CircuitOptions {
  /** What happened longer ago does not count. */
  readonly windowMs: number;
  /** With fewer requests in the window the circuit stays closed, whatever came of them. */
  readonly minRequests: number;
  /** Share of failures in the window from which on the circuit opens, in percent. */
  readonly failurePercent: number;
  /** How long nothing is sent before the instance is tried again. */
  readonly openMs: number;
  /** Requests that must succeed before the circuit closes; no more than these are sent meanwhile. */
  readonly probes: number;
}

export type CircuitState = "closed" | "open" | "half_open";

/** `neutral`: says nothing about the instance, such as a client that left. */
export type CallVerdict = "success" | "failure" | "neutral";

/** The right to send one request. It belongs to the circuit's state of that moment. */
export type CircuitPermit = number;

/**
 * Decides whether an instance is asked at all. Closed: yes. Open: no, after too many failures. Half open, when the pause is
 * over: a few requests try whether it is back; one failure opens it again.
 *
 * A state machine without a clock of its own. What comes of a request that was sent in an earlier state is ignored: a
 * request that hung since before the instance was restarted must not open the circuit again.
 */
export class Circuit {
  #state: CircuitState = "closed";
  #window: FailureWindow;
  #openedAtMs = 0;
  #probesRunning = 0;
  #probesSucceeded = 0;
  #generation: CircuitPermit = 0;

  constructor(readonly options: CircuitOptions) {
    this.#window = new FailureWindow(options.windowMs);
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Undefined when nothing may be sent. Every permit must be settled, once. */
  admit(nowMs: number): CircuitPermit | undefined {
    if (this.#state === "closed") {
      return this.#generation;
    }
    if (this.#state === "open") {
      if (nowMs - this.#openedAtMs < this.options.openMs) {
        return undefined;
      }
      this.#enter("half_open");
    }
    if (this.#probesRunning + this.#probesSucceeded >= this.options.probes) {
      return undefined;
    }
    this.#probesRunning += 1;
    return this.#generation;
  }

  settle(permit: CircuitPermit, verdict: CallVerdict, nowMs: number): void {
    if (permit !== this.#generation || this.#state === "open") {
      return;
    }
    if (this.#state === "half_open") {
      this.#settleProbe(verdict, nowMs);
      return;
    }
    if (verdict === "neutral") {
      return;
    }
    this.#window.record(nowMs, verdict === "failure");
    if (verdict === "failure" && this.#isBroken(nowMs)) {
      this.#open(nowMs);
    }
  }

  #settleProbe(verdict: CallVerdict, nowMs: number): void {
    this.#probesRunning -= 1;
    if (verdict === "failure") {
      this.#open(nowMs);
    } else if (verdict === "success") {
      this.#probesSucceeded += 1;
      if (this.#probesSucceeded === this.options.probes) {
        this.#enter("closed");
      }
    }
  }

  #isBroken(nowMs: number): boolean {
    const { requests, failures } = this.#window.countAt(nowMs);
    return requests >= this.options.minRequests && failures * 100 >= requests * this.options.failurePercent;
  }

  #open(nowMs: number): void {
    this.#openedAtMs = nowMs;
    this.#enter("open");
  }

  #enter(state: CircuitState): void {
    this.#state = state;
    this.#generation += 1;
    this.#probesRunning = 0;
    this.#probesSucceeded = 0;
    this.#window = new FailureWindow(this.options.windowMs);
  }
}
