import { setTimeout as delay } from "node:timers/promises";
import type { Postmaster } from "./postmaster";

/** Why a server is down for good. */
export type PostgresExit = { readonly reason: "stopped" } | { readonly reason: "failed"; readonly error: Error };

export interface SupervisedServer {
  readonly exited: Promise<PostgresExit>;
  stop(): Promise<void>;
}

/** Pauses before the restarts that follow each other; when they are used up, the server is given up. */
const RESTART_PAUSES_MS = [50, 250, 500, 1_000, 2_000, 5_000, 10_000];
/** A server that ran this long had recovered: its next crash is counted from the start again. */
const STABLE_AFTER_MS = 60_000;

/** Starts the server again whenever it ends without having been asked to. */
export function superviseServer(
  first: Postmaster,
  launch: () => Promise<Postmaster>,
  log: (line: string) => void,
  restartPausesMs: readonly number[] = RESTART_PAUSES_MS,
): SupervisedServer {
  const stopping = new AbortController();
  let current: Postmaster | undefined = first;

  async function supervise(): Promise<PostgresExit> {
    let pauses = [...restartPausesMs];
    let lastFault = new Error("PostgreSQL ended.");
    while (!stopping.signal.aborted) {
      if (current !== undefined) {
        const startedAtMs = performance.now();
        const how = await current.ended;
        current = undefined;
        lastFault = new Error(`PostgreSQL ended with ${how}.`);
        pauses = performance.now() - startedAtMs > STABLE_AFTER_MS ? [...restartPausesMs] : pauses;
      }
      if (stopping.signal.aborted) {
        break;
      }
      const pauseMs = pauses.shift();
      if (pauseMs === undefined) {
        log(`${lastFault.message} It is given up after ${restartPausesMs.length} restarts.`);
        return { reason: "failed", error: lastFault };
      }
      log(`${lastFault.message} Starting it again.`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      try {
        current = stopping.signal.aborted ? undefined : await launch();
      } catch (error) {
        lastFault = error instanceof Error ? error : new Error(String(error));
      }
    }
    // stop() may have come while a restart was under way, when there was nothing yet to shut down.
    await current?.stop();
    return { reason: "stopped" };
  }

  const exited = supervise().catch((error: unknown): PostgresExit => {
    return { reason: "failed", error: error instanceof Error ? error : new Error(String(error)) };
  });
  return {
    exited,
    async stop() {
      stopping.abort();
      await current?.stop();
      await exited;
    },
  };
}
