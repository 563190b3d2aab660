/** Lets tasks run beside each other, or one of them alone. Tasks that wait to run alone go first. */
export class TurnLock {
  readonly #running = new Set<Promise<unknown>>();
  #alone: Promise<unknown> | undefined;

  async runBesideOthers<T>(task: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) {
      await this.#alone;
    }
    return this.#track(task);
  }

  async runAlone<T>(task: () => Promise<T>): Promise<T> {
    const before = this.#alone ?? Promise.resolve();
    const turn = before.then(() => Promise.allSettled(this.#running)).then(() => this.#track(task));
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#alone = settled;
    try {
      return await turn;
    } finally {
      if (this.#alone === settled) {
        this.#alone = undefined;
      }
    }
  }

  #track<T>(task: () => Promise<T>): Promise<T> {
    const running = task();
    this.#running.add(running);
    const forget = (): void => void this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }
}
