import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "pino";
import type { Gateway } from "../../gateway";
import { RequestRefused } from "../../planning/request-refused";

export interface WarmUpBounds {
  readonly maxOperations: number;
  /** What is not prepared by then is left to its first request. */
  readonly timeLimitMs: number;
}

export const DEFAULT_WARM_UP: WarmUpBounds = { maxOperations: 200, timeLimitMs: 10_000 };

export interface WarmUp {
  readonly prepared: number;
  /** What the new schema does not answer, or not yet. */
  readonly refused: number;
}

/**
 * Prepares a gateway for what another was asked most. Each operation keeps half of its count: what is not asked for any more
 * is forgotten after some schemas, and what is asked for is not when two schemas follow shortly after each other.
 * @param signal ends it early
 * @param clock milliseconds since any fixed moment
 */
export async function warmGateway(
  next: Gateway,
  current: Gateway,
  { maxOperations, timeLimitMs }: WarmUpBounds,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Logger },
  clock: () => number = () => performance.now(),
): Promise<WarmUp> {
  const endsAtMs = clock() + timeLimitMs;
  let prepared = 0;
  let refused = 0;
  for (const operation of await current.listOperations(maxOperations)) {
    if (signal.aborted || clock() >= endsAtMs) {
      break;
    }
    try {
      await next.warm({ ...operation, uses: Math.floor(operation.uses / 2) });
      prepared += 1;
    } catch (error) {
      refused += 1;
      if (!(error instanceof RequestRefused)) {
        // One operation's defect is no reason to keep the new schema from all others.
        log.error({ err: error, schemaId: next.schemaId }, "an operation could not be prepared");
      }
    }
    // Validating and compiling happen on the thread that answers: its requests come first.
    await nextTurn();
  }
  return { prepared, refused };
}
