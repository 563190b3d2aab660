import { RequestRefused } from "./request-refused";

export interface PlanningBounds {
  /**
   * Plans that are made at once. The planner works on threads of Node's pool, which also looks up names and reads files:
   * half of its four stay free.
   */
  readonly maxConcurrent: number;
  /** Plans that wait for their turn. */
  readonly maxWaiting: number;
  /** How long one request waits for its plan. */
  readonly timeLimitMs: number;
}

export const DEFAULT_PLANNING_BOUNDS: PlanningBounds = { maxConcurrent: 2, maxWaiting: 200, timeLimitMs: 5_000 };

/**
 * Bounds what planning can take. A plan that has begun is not stopped from here: it holds its own turn, and whoever waits
 * for it is told in time.
 */
export class PlanningGate {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(readonly bounds: PlanningBounds) {}

  /** Makes a plan when it is its turn. @throws RequestRefused RATE_LIMITED when too many wait already */
  async run<Plan>(makePlan: () => Promise<Plan>): Promise<Plan> {
    if (this.#running >= this.bounds.maxConcurrent) {
      if (this.#waiting.length >= this.bounds.maxWaiting) {
        throw RequestRefused.because("RATE_LIMITED", "Too many new operations wait for their plan: try again.", {
          retryAfter: Math.ceil(this.bounds.timeLimitMs / 1_000),
        });
      }
      // Whoever ends hands over the turn, so the number of those that run stays as it is.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await makePlan();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#running -= 1;
      } else {
        next();
      }
    }
  }

  /** The plan, if it is there in time. It goes on being made for those who ask later. @throws RequestRefused LIMIT_EXCEEDED */
  async awaitPlan<Plan>(plan: Promise<Plan>): Promise<Plan> {
    const { timeLimitMs } = this.bounds;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const message = `The operation could not be planned within ${timeLimitMs} ms: ask in parts.`;
        reject(RequestRefused.because("LIMIT_EXCEEDED", message, { limit: "planningTime" }));
      }, timeLimitMs);
    });
    try {
      return await Promise.race([plan, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
