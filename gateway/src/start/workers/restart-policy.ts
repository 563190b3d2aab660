/** Workers that end one after the other before they answer: nothing will get better by itself. */
const MAX_FAILED_STARTS = 5;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** A worker that lived this long did not end of what it was started with. */
const LONG_LIFE_MS = 10_000;

/** When the next worker takes the place of one that has ended. */
export class RestartPolicy {
  #failedStarts = 0;
  #shortLives = 0;

  noteReady(): void {
    this.#failedStarts = 0;
  }

  /**
   * @param readyForMs how long the worker could answer; undefined when it never could
   * @returns the pause before the next one, in milliseconds; undefined when there is to be none
   */
  noteEnd(readyForMs: number | undefined): number | undefined {
    if (readyForMs === undefined) {
      this.#failedStarts += 1;
      if (this.#failedStarts >= MAX_FAILED_STARTS) {
        return undefined;
      }
    }
    const wasLong = readyForMs !== undefined && readyForMs >= LONG_LIFE_MS;
    this.#shortLives = wasLong ? 0 : this.#shortLives + 1;
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, this.#shortLives - 1));
  }
}
