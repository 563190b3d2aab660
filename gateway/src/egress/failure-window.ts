const BUCKETS = 10;

/** How many requests of the last while there were, and how many of them failed. Time comes in; memory does not grow. */
export class FailureWindow {
  readonly #bucketMs: number;
  readonly #requests = new Array<number>(BUCKETS).fill(0);
  readonly #failures = new Array<number>(BUCKETS).fill(0);
  /** Which stretch of time a bucket counts; an older one's counts are void. */
  readonly #stretches = new Array<number>(BUCKETS).fill(Number.NEGATIVE_INFINITY);

  /** @param windowMs what is older is forgotten, a tenth of it at a time */
  constructor(windowMs: number) {
    this.#bucketMs = windowMs / BUCKETS;
  }

  record(nowMs: number, isFailure: boolean): void {
    const stretch = Math.floor(nowMs / this.#bucketMs);
    const bucket = ((stretch % BUCKETS) + BUCKETS) % BUCKETS;
    if (this.#stretches[bucket] !== stretch) {
      this.#stretches[bucket] = stretch;
      this.#requests[bucket] = 0;
      this.#failures[bucket] = 0;
    }
    this.#requests[bucket] = (this.#requests[bucket] ?? 0) + 1;
    this.#failures[bucket] = (this.#failures[bucket] ?? 0) + (isFailure ? 1 : 0);
  }

  countAt(nowMs: number): { readonly requests: number; readonly failures: number } {
    const current = Math.floor(nowMs / this.#bucketMs);
    let requests = 0;
    let failures = 0;
    this.#stretches.forEach((stretch, bucket) => {
      if (stretch > current - BUCKETS && stretch <= current) {
        requests += this.#requests[bucket] ?? 0;
        failures += this.#failures[bucket] ?? 0;
      }
    });
    return { requests, failures };
  }
}
