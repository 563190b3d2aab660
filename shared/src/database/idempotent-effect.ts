import { createHash } from "node:crypto";
import { requireStaff } from "../caller";
import { canonicalJson } from "../canonical-json";
import { HubError } from "../hub-error";
import type { RequestContext } from "../request-context";
import { IdempotencyRecord } from "./idempotency-record.entity";
import type { Transaction } from "./transaction";

/** Names one intended effect of one caller. */
export interface IdempotentCall {
  readonly mutation: string;
  /** Absent where the domain leaves the key to the caller: then every call is a new effect. */
  readonly key: string | null | undefined;
  readonly input: unknown;
}

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Runs the effect once per key. A replay changes nothing and returns the id of the first result; the same key with other
 * input is refused; a second call while the first still runs is told to come back instead of waiting for its lock.
 * @returns id of the row that the effect made or changed
 * @throws HubError IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS
 */
export async function runOnce(
  transaction: Transaction,
  context: RequestContext,
  call: IdempotentCall,
  effect: () => Promise<string>,
): Promise<string> {
  const { key, mutation } = call;
  if (key === null || key === undefined) {
    return effect();
  }
  const scope = requireStaff(context.caller).organization;
  await lockKey(transaction, `${scope}\n${mutation}\n${key}`);
  const inputDigest = createHash("sha256").update(canonicalJson(call.input)).digest("hex");
  const first = await transaction.findOneBy(IdempotencyRecord, { scope, mutation, key });
  if (first !== null && first.expiresAt > context.now) {
    if (first.inputDigest !== inputDigest) {
      throw new HubError("IDEMPOTENCY_KEY_REUSED", "This idempotency key was used with other input. Choose a new one.");
    }
    return first.resultId;
  }
  const resultId = await effect();
  const expiresAt = new Date(context.now.getTime() + KEPT_MS);
  await transaction.upsert(IdempotencyRecord, { scope, mutation, key, inputDigest, resultId, expiresAt }, [
    "scope",
    "mutation",
    "key",
  ]);
  return resultId;
}

async function lockKey(transaction: Transaction, name: string): Promise<void> {
  const lock = createHash("sha256").update(name).digest().readBigInt64BE(0);
  const [row] = await transaction.query<[{ locked: boolean }]>("SELECT pg_try_advisory_xact_lock($1) AS locked", [
    lock.toString(),
  ]);
  if (!row.locked) {
    throw new HubError("IDEMPOTENCY_IN_PROGRESS", "The first request with this key still runs. Send it again later.");
  }
}
