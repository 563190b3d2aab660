interface Alarm {
  readonly atMs: number;
  readonly ring: () => void;
}

/** Time that passes when the test says so. */
export class FakeTime {
  #nowMs = 0;
  #alarms: Alarm[] = [];

  readonly clock = (): number => this.#nowMs;

  readonly schedule = (ring: () => void, delayMs: number): (() => void) => {
    const alarm = { atMs: this.#nowMs + delayMs, ring };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  };

  /** Calls back what is due, in order, and lets each be followed up by whoever waits for it. */
  async pass(delayMs: number): Promise<void> {
    const untilMs = this.#nowMs + delayMs;
    for (;;) {
      const [next] = this.#alarms.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
      if (next === undefined) {
        break;
      }
      this.#alarms = this.#alarms.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.ring();
      await settleAll();
    }
    this.#nowMs = untilMs;
  }
}

/** Until all that can happen without time passing has happened. */
export function settleAll(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
