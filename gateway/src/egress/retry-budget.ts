export interface RetryBudgetOptions {
  /** Retries allowed for 100 requests. */
  readonly retryPercent: number;
  /** Retries that can be saved up; as many are there at the beginning. */
  readonly maxSaved: number;
}

/** What one retry costs. Whole numbers: sums of 0.1 would drift. */
const RETRY_COST = 100;

/**
 * Retries in proportion to requests. A fixed number of retries for each request multiplies the load on an instance exactly
 * when it is failing; with a budget the load grows by some percent at most.
 */
export class RetryBudget {
  #saved: number;

  constructor(readonly options: RetryBudgetOptions) {
    this.#saved = options.maxSaved * RETRY_COST;
  }

  /** For each request that might be retried. */
  deposit(): void {
    this.#saved = Math.min(this.#saved + this.options.retryPercent, this.options.maxSaved * RETRY_COST);
  }

  /** Whether one retry may be made. */
  withdraw(): boolean {
    if (this.#saved < RETRY_COST) {
      return false;
    }
    this.#saved -= RETRY_COST;
    return true;
  }
}
