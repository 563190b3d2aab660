import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource, EntityManager } from "typeorm";

/** The parts of the database that a write inside a transaction may use. */
export type Transaction = EntityManager;

/** serialization_failure and deadlock_detected: PostgreSQL asks to try again (manual, 13.5). */
const RETRYABLE_SQL_STATES = new Set(["40001", "40P01"]);
const MAX_ATTEMPTS = 5;
const BACK_OFF_MS = 20;

/**
 * Runs the work in one transaction at READ COMMITTED and tries again, up to five times, when PostgreSQL reports a
 * serialization failure or a deadlock. The work may therefore run more than once: its only effects are in the database.
 */
export async function inTransaction<T>(
  database: DataSource,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction("READ COMMITTED", work);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRetryable(error)) {
        throw error;
      }
      // Random, so that two that met once do not meet again.
      await sleep(Math.random() * BACK_OFF_MS * 2 ** attempt);
    }
  }
}

/** The SQLSTATE of a failed statement, when the error came from PostgreSQL. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function isRetryable(error: unknown): boolean {
  return RETRYABLE_SQL_STATES.has(sqlStateOf(error) ?? "");
}
