/** Waiting that another can end. */
export class Pause {
  #end: (() => void) | undefined;
  #isEnded = false;

  /** @param durationMs 0 to wait until it is ended */
  async wait(durationMs: number): Promise<void> {
    if (!this.#isEnded) {
      await new Promise<void>((resolve) => {
        const timer = durationMs > 0 ? setTimeout(resolve, durationMs).unref() : undefined;
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isEnded = false;
    this.#end = undefined;
  }

  /** Ends the present wait, or the next one when nobody waits. */
  end(): void {
    this.#isEnded = true;
    this.#end?.();
  }
}
