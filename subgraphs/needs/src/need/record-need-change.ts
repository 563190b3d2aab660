import { recordEvent } from "@alliance-hub/shared/database/record-event";
import { recordHistory } from "@alliance-hub/shared/database/record-history";
import type { Transaction } from "@alliance-hub/shared/database/transaction";
import { townshipOfDivision } from "@alliance-hub/shared/identifiers/division-code";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { Need } from "./need.entity";

/**
 * Writes a change of a need to its history and tells others, in the transaction of the change.
 * @param need as it is after the change
 */
export async function recordNeedChange(
  transaction: Transaction,
  context: RequestContext,
  need: Need,
  changedFields: readonly (keyof Need | "items" | "subject" | "village")[],
): Promise<void> {
  await recordHistory(transaction, context, { entityId: need.id, version: need.version, changedFields });
  await recordEvent(transaction, {
    subgraph: "needs",
    name: "needs.need.changed",
    subject: need.id,
    subjectVersion: need.version,
    // Field by field: a spread would carry the household's id and the private description out of the house.
    data: {
      status: need.status,
      statusReason: need.statusReason,
      category: need.category,
      title: need.title,
      urgency: need.urgency,
      origin: need.origin,
      village: need.villageCode,
      township: townshipOfDivision(need.villageCode) ?? null,
    },
    at: context.now,
  });
}
