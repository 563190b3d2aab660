import { requireStaff } from "@alliance-hub/shared/caller";
import { NEED_CATEGORIES } from "@alliance-hub/shared/code-lists/need-category";
import { runOnce } from "@alliance-hub/shared/database/idempotent-effect";
import { inTransaction, type Transaction } from "@alliance-hub/shared/database/transaction";
import { updateVersioned } from "@alliance-hub/shared/database/versioned-update";
import { requireGlobalId } from "@alliance-hub/shared/global-id";
import { HubError } from "@alliance-hub/shared/hub-error";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { NeedItem } from "../need-item/need-item.entity";
import { coverageOf } from "./coverage";
import { Need } from "./need.entity";
import type { SubmitNeedInput } from "./need.input";
import { stepNeed } from "./need.lifecycle";
import { readNeedAfterWrite } from "./read-need-after-write";
import { recordNeedChange } from "./record-need-change";

/**
 * Hands a draft or returned need over to verification, for signed-in staff.
 * @throws HubError UNAUTHENTICATED, BAD_USER_INPUT, NOT_FOUND, VERSION_CONFLICT, ILLEGAL_TRANSITION, GUARD_FAILED,
 *   IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS
 */
export async function submitNeed(context: RequestContext, input: SubmitNeedInput): Promise<Need> {
  requireStaff(context.caller);
  requireGlobalId(input.id, "Need", "id");
  const { idempotencyKey: key, ...effectInput } = input;
  const id = await inTransaction(context.database, (transaction) =>
    runOnce(transaction, context, { mutation: "submitNeed", key, input: effectInput }, async () => {
      await submit(transaction, context, input);
      return input.id;
    }),
  );
  return readNeedAfterWrite(context, id);
}

async function submit(transaction: Transaction, context: RequestContext, input: SubmitNeedInput): Promise<void> {
  const need = await lockNeed(transaction, input);
  const status = stepNeed(need.status, "submitNeed");
  const items = await transaction.findBy(NeedItem, { needId: need.id });
  checkGuards(need, items);
  // The reason of an earlier return has been answered.
  const changes = { status, statusReason: null };
  await updateVersioned<Need>(transaction, Need, input, changes, context.now);
  const submitted = Object.assign(new Need(), need, changes, { version: need.version + 1, updatedAt: context.now });
  await recordNeedChange(transaction, context, submitted, [
    "status",
    ...(need.statusReason === null ? [] : (["statusReason"] as const)),
  ]);
}

/** The row stays as it is until the transaction ends: what the guards see is what is submitted. */
async function lockNeed(transaction: Transaction, { id, expectedVersion }: SubmitNeedInput): Promise<Need> {
  const need = await transaction.findOne(Need, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (need === null) {
    throw new HubError("NOT_FOUND", "There is no such need.");
  }
  if (need.version !== expectedVersion) {
    throw new HubError("VERSION_CONFLICT", "The need has changed since you read it. Read it again and decide anew.", {
      currentVersion: need.version,
    });
  }
  return need;
}

function checkGuards(need: Need, items: readonly NeedItem[]): void {
  if (items.length === 0) {
    throw new HubError("GUARD_FAILED", "A need is submitted with at least one item.", { guard: "at least one item" });
  }
  const { requestedValue } = coverageOf(items);
  if (BigInt(requestedValue.amountMinor) > NEED_CATEGORIES[need.category].ceilingMinor) {
    throw new HubError("GUARD_FAILED", "The need is worth more than its category allows.", {
      guard: "value within the category's ceiling",
    });
  }
}
