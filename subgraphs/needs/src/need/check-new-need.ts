import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { HubError } from "@alliance-hub/shared/hub-error";
import { levelOfDivision } from "@alliance-hub/shared/identifiers/division-code";
import { HOME_CURRENCY } from "@alliance-hub/shared/money";
import { millionthsOf } from "@alliance-hub/shared/quantity";
import type { CreateNeedInput, NeedItemInput, NeedSubjectInput } from "./need.input";

export const MAX_ITEMS = 20;
const MAX_PUBLIC_DESCRIPTION_LENGTH = 2_000;
const MAX_DESCRIPTION_LENGTH = 10_000;
/** numeric(18, 6) holds twelve digits before the point. */
const QUANTITY_LIMIT_MILLIONTHS = 10n ** 18n;
/** Fen of one item: twenty of them still fit the API's eighteen digits. The table checks the same. */
const MAX_ITEM_VALUE_MINOR = 10n ** 16n;
const ONE = 1_000_000n;

/** Whose need it is, after the input was found to name exactly one. */
export type NewNeedSubject = { readonly householdId: string } | { readonly villageCode: string };

/** @throws HubError BAD_USER_INPUT or IDENTIFIER_INVALID naming the field; never its value */
export function checkNewNeed(input: CreateNeedInput): NewNeedSubject {
  checkText(input.publicDescription, "publicDescription", MAX_PUBLIC_DESCRIPTION_LENGTH);
  checkText(input.description, "description", MAX_DESCRIPTION_LENGTH);
  if (input.items.length > MAX_ITEMS) {
    throw refuse("items", `a need has at most ${MAX_ITEMS} items.`);
  }
  input.items.forEach((item, index) => {
    checkItem(item, `items.${index}`);
  });
  return checkSubject(input.subject);
}

function checkSubject({ householdId, villageCode }: NeedSubjectInput): NewNeedSubject {
  if (householdId != null && villageCode == null) {
    return { householdId };
  }
  if (villageCode != null && householdId == null) {
    if (levelOfDivision(villageCode) !== "VILLAGE") {
      throw refuse("subject.villageCode", "give the twelve digits of a village.");
    }
    return { villageCode };
  }
  throw new HubError("BAD_USER_INPUT", "Give either subject.householdId or subject.villageCode.", {
    fields: ["subject.householdId", "subject.villageCode"],
  });
}

function checkItem(item: NeedItemInput, path: string): void {
  const requested = millionthsOf(item.requested);
  if (requested <= 0n || requested >= QUANTITY_LIMIT_MILLIONTHS) {
    throw refuse(`${path}.requested`, "ask for more than zero, at most twelve digits before the point.");
  }
  if (item.minimumLot != null) {
    const lot = millionthsOf(item.minimumLot);
    if (lot <= 0n || lot > requested) {
      throw refuse(`${path}.minimumLot`, "a lot is more than zero and at most what is requested.");
    }
  }
  if (item.itemCode != null && !/^[1-3][0-9]{6}$/.test(item.itemCode)) {
    throw new HubError("IDENTIFIER_INVALID", `${path}.itemCode is no code of goods: seven digits, the first 1 to 3.`, {
      kind: "ItemCode",
    });
  }
  checkValue(item, requested, path);
}

function checkValue(item: NeedItemInput, requestedMillionths: bigint, path: string): void {
  if (item.unitValue.currency !== HOME_CURRENCY) {
    throw refuse(`${path}.unitValue.currency`, `values are in ${HOME_CURRENCY}.`);
  }
  const unitValueMinor = BigInt(item.unitValue.amountMinor);
  if (unitValueMinor < 0n) {
    throw refuse(`${path}.unitValue.amountMinor`, "a value is not below zero.");
  }
  if ((item.mode === AssistanceMode.CASH) !== (item.unit === Unit.FEN)) {
    throw refuse(`${path}.unit`, "FEN goes with CASH and with nothing else.");
  }
  if (item.unit === Unit.FEN && unitValueMinor !== 1n) {
    throw refuse(`${path}.unitValue.amountMinor`, "one unit of FEN is worth one fen.");
  }
  if (item.unit === Unit.FEN && requestedMillionths % ONE !== 0n) {
    throw refuse(`${path}.requested`, "fen are whole.");
  }
  if (requestedMillionths * unitValueMinor > MAX_ITEM_VALUE_MINOR * ONE) {
    throw refuse(`${path}.unitValue.amountMinor`, "the value of the item is too large.");
  }
}

function checkText(text: string | null | undefined, field: string, maxLength: number): void {
  // PostgreSQL's text holds no NUL.
  if (text != null && (text.trim() === "" || text.length > maxLength || text.includes("\0"))) {
    throw refuse(field, `write 1 to ${maxLength} characters, or leave it out.`);
  }
}

function refuse(path: string, advice: string): HubError {
  return new HubError("BAD_USER_INPUT", `Not accepted: ${path}; ${advice}`, { fields: [path] });
}
