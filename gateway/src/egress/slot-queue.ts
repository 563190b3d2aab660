export interface SlotLimits {
  /** At the same time. */
  readonly maxRunning: number;
  /** For a slot; whoever comes then is turned away. */
  readonly maxWaiting: number;
}

/**
 * Who runs and who waits. First come, first served. A slot that becomes free goes to the longest waiting one directly, so
 * that nobody can overtake: while somebody waits, no slot is free.
 */
export class SlotQueue<Waiter> {
  readonly #waiting = new Set<Waiter>();
  #running = 0;

  constructor(readonly limits: SlotLimits) {}

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes a slot if one is free. */
  tryStart(): boolean {
    if (this.#running >= this.limits.maxRunning) {
      return false;
    }
    this.#running += 1;
    return true;
  }

  /** Lines up. False when too many wait already. */
  tryWait(waiter: Waiter): boolean {
    if (this.#waiting.size >= this.limits.maxWaiting) {
      return false;
    }
    this.#waiting.add(waiter);
    return true;
  }

  /** Gives a slot back. The waiter that is returned has it now. */
  leave(): Waiter | undefined {
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter);
      return waiter;
    }
    this.#running -= 1;
    return undefined;
  }

  /** Waits no longer. False when it does not wait, because it was called meanwhile. */
  giveUp(waiter: Waiter): boolean {
    return this.#waiting.delete(waiter);
  }

  /** Sends all away that wait, in the order of their coming. */
  clear(): Waiter[] {
    const waiters = [...this.#waiting];
    this.#waiting.clear();
    return waiters;
  }
}
