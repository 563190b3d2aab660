import { requireStaff } from "@alliance-hub/shared/caller";
import { runOnce } from "@alliance-hub/shared/database/idempotent-effect";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { inTransaction, type Transaction } from "@alliance-hub/shared/database/transaction";
import { makeGlobalId, requireGlobalId } from "@alliance-hub/shared/global-id";
import { HubError } from "@alliance-hub/shared/hub-error";
import { makeMoney } from "@alliance-hub/shared/money";
import { millionthsOf, quantityOf } from "@alliance-hub/shared/quantity";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Household } from "../household/household.entity";
import { HouseholdStatus } from "../household/household-lists";
import { NeedItem } from "../need-item/need-item.entity";
import { checkNewNeed, type NewNeedSubject } from "./check-new-need";
import { Need } from "./need.entity";
import type { CreateNeedInput, NeedItemInput } from "./need.input";
import { FIRST_STATUS } from "./need.lifecycle";
import { NeedOrigin } from "./need-lists";
import { makeNeedTitle } from "./need-title";
import { readNeedAfterWrite } from "./read-need-after-write";
import { recordNeedChange } from "./record-need-change";

/**
 * Writes a need and its items as a draft, for signed-in staff.
 * @throws HubError UNAUTHENTICATED, BAD_USER_INPUT, IDENTIFIER_INVALID, NOT_FOUND (household), GUARD_FAILED (household not
 *   in the registry any more), IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS
 */
export async function createNeed(context: RequestContext, input: CreateNeedInput): Promise<Need> {
  requireStaff(context.caller);
  const subject = checkNewNeed(input);
  const { idempotencyKey: key, ...effectInput } = input;
  const id = await inTransaction(context.database, (transaction) =>
    runOnce(transaction, context, { mutation: "createNeed", key, input: effectInput }, async () => {
      const place = await placeSubject(transaction, subject, input.owner);
      return insertNeed(transaction, context, input, place);
    }),
  );
  return readNeedAfterWrite(context, id);
}

interface NeedPlace {
  readonly householdId: string | null;
  readonly villageCode: string;
}

async function placeSubject(transaction: Transaction, subject: NewNeedSubject, owner: string): Promise<NeedPlace> {
  if ("villageCode" in subject) {
    return { householdId: null, villageCode: subject.villageCode };
  }
  const { householdId } = subject;
  const { member } = requireGlobalId(householdId, "Household", "subject.householdId");
  if (member !== owner) {
    throw new HubError("BAD_USER_INPUT", "A household's need belongs to the member that owns the household.", {
      fields: ["owner"],
    });
  }
  // Locked against a change of its state until the need is there.
  const household = await transaction.findOne(Household, {
    where: { id: householdId },
    lock: { mode: "pessimistic_read" },
  });
  if (household === null) {
    throw new HubError("NOT_FOUND", "There is no such household.");
  }
  if (household.status === HouseholdStatus.CLOSED) {
    throw new HubError("GUARD_FAILED", "The household has left the registry.", { guard: "household registered" });
  }
  return { householdId, villageCode: household.villageCode };
}

async function insertNeed(
  transaction: Transaction,
  context: RequestContext,
  input: CreateNeedInput,
  place: NeedPlace,
): Promise<string> {
  const { owner, category, urgency } = input;
  const { now } = context;
  const id = makeGlobalId(owner, "Need", now.getTime());
  const items = input.items.map((item) => makeItem(item, id, owner, now));
  const need: Need = Object.assign(new Need(), newRow(id, owner, now), place, {
    sourceSystem: null,
    sourceId: null,
    category,
    title: makeNeedTitle(category, items),
    description: input.description ?? null,
    publicDescription: input.publicDescription ?? null,
    urgency,
    origin: input.origin ?? NeedOrigin.OFFICER,
    status: FIRST_STATUS,
    statusReason: null,
    noticeEndsAt: null,
    publishedAt: null,
    expiresAt: null,
    mergedIntoId: null,
  });
  await transaction.insert(Need, need);
  await transaction.insert(NeedItem, items);
  await recordNeedChange(transaction, context, need, [
    "subject",
    "village",
    "category",
    "title",
    "urgency",
    "origin",
    "items",
    "status",
    ...(need.description === null ? [] : (["description"] as const)),
    ...(need.publicDescription === null ? [] : (["publicDescription"] as const)),
  ]);
  return id;
}

function makeItem(item: NeedItemInput, needId: string, owner: string, now: Date): NeedItem {
  return Object.assign(new NeedItem(), newRow(makeGlobalId(owner, "NeedItem", now.getTime()), owner, now), {
    needId,
    mode: item.mode,
    itemCode: item.itemCode ?? null,
    unit: item.unit,
    unitValue: makeMoney(item.unitValue.amountMinor, item.unitValue.currency),
    requested: quantityOf(millionthsOf(item.requested)),
    held: "0",
    committed: "0",
    delivered: "0",
    confirmed: "0",
    minimumLot: item.minimumLot == null ? null : quantityOf(millionthsOf(item.minimumLot)),
    acceptsSubstitutes: item.acceptsSubstitutes ?? false,
  });
}
