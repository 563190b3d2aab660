import DataLoader from "dataloader";
import { In } from "typeorm";
import { requireStaff } from "../caller";
import { groupByKey } from "../group-by-key";
import type { LoaderDefinition, RequestContext } from "../request-context";
import { HistoryEntry } from "./history-entry.entity";
import type { Transaction } from "./transaction";

/** Writes a change to the row's history, in the transaction of the change. */
export async function recordHistory(
  transaction: Transaction,
  context: RequestContext,
  change: { readonly entityId: string; readonly version: number; readonly changedFields: readonly string[] },
): Promise<void> {
  const { organization, role } = requireStaff(context.caller);
  await transaction.insert(HistoryEntry, {
    entityId: change.entityId,
    version: change.version,
    at: context.now,
    organization,
    role,
    changedFields: [...change.changedFields],
  });
}

/** A row's changes, oldest first. */
export const historyLoader: LoaderDefinition<string, HistoryEntry[]> = {
  create: ({ database }) =>
    new DataLoader(async (entityIds) => {
      const entries = await database.manager.find(HistoryEntry, {
        where: { entityId: In([...entityIds]) },
        order: { entityId: "ASC", version: "ASC" },
      });
      const byEntity = groupByKey(entries, (entry) => entry.entityId);
      return entityIds.map((id) => byEntity.get(id) ?? []);
    }),
};
