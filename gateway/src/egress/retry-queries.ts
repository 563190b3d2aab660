import type { EndSignal } from "../request/end-signal";
import { isQuery } from "./is-query";
import { RetryBudget, type RetryBudgetOptions } from "./retry-budget";
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnreachable,
  type UnreachableReason,
} from "./subgraph-transport";

export interface RetryOptions extends RetryBudgetOptions {
  /** A retry waits for a random part of this, so that those who failed together do not come back together. */
  readonly maxPauseMs: number;
  /** 0 to 1, without 1. */
  readonly random: () => number;
}

export const DEFAULT_RETRIES: Omit<RetryOptions, "random"> = { retryPercent: 10, maxSaved: 10, maxPauseMs: 50 };

const NOT_SENT: ReadonlySet<UnreachableReason> = new Set(["circuit_open", "overloaded"]);

/**
 * Asks once more when the connection failed, such as a kept one that the instance closed just when the request was written.
 * Never a mutation: it may have been done before the connection broke. Never after a timeout: the time is used up.
 */
export function retryQueries(transport: SubgraphTransport, options: RetryOptions): SubgraphTransport {
  const budget = new RetryBudget(options);

  async function retry(request: SubgraphRequest, error: unknown): Promise<SubgraphResponse> {
    const isLost = error instanceof SubgraphUnreachable && error.reason === "refused";
    if (!isLost || request.signal.aborted || !budget.withdraw()) {
      throw error;
    }
    await pause(options.random() * options.maxPauseMs, request.signal);
    if (request.signal.aborted) {
      // It ended meanwhile, which is told in the same way.
      throw error;
    }
    return transport.execute(request).catch((second: unknown) => {
      // Not sent at all: what is to be told is still why the first attempt failed.
      throw second instanceof SubgraphUnreachable && NOT_SENT.has(second.reason) ? error : second;
    });
  }

  return {
    execute(request) {
      if (!isQuery(request.query)) {
        return transport.execute(request);
      }
      budget.deposit();
      return transport.execute(request).catch((error: unknown) => retry(request, error));
    },
    // Not opened twice: it is the client that subscribes again.
    ...(transport.subscribe !== undefined && { subscribe: transport.subscribe }),
    close: () => transport.close(),
  };
}

/** Until the time is over or the request is. */
function pause(durationMs: number, signal: EndSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal.addEventListener("abort", end);
  });
}
