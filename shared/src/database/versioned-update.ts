import type { EntityTarget, FindOptionsSelect, FindOptionsWhere } from "typeorm";
import type { QueryDeepPartialEntity } from "typeorm/query-builder/QueryPartialEntity";
import { HubError } from "../hub-error";
import type { OwnedRow } from "./owned-row";
import type { Transaction } from "./transaction";

/** Which row, as the caller saw it. */
export interface VersionedTarget {
  readonly id: string;
  readonly expectedVersion: number;
}

/**
 * Changes a row if, and only if, it still has the version the caller saw; the row's version goes up by one.
 * One conditional UPDATE: TypeORM's own save() on a stale version raises nothing and moves the version back.
 * @throws HubError NOT_FOUND, or VERSION_CONFLICT with the current version
 */
export async function updateVersioned<T extends OwnedRow>(
  transaction: Transaction,
  entity: EntityTarget<T>,
  target: VersionedTarget,
  changes: QueryDeepPartialEntity<Omit<T, keyof OwnedRow>>,
  now: Date,
): Promise<void> {
  const where = { id: target.id, version: target.expectedVersion } as FindOptionsWhere<T>;
  const next = { ...changes, version: target.expectedVersion + 1, updatedAt: now } as QueryDeepPartialEntity<T>;
  const { affected } = await transaction.update(entity, where, next);
  if (affected === 1) {
    return;
  }
  const current = await transaction.findOne(entity, {
    where: { id: target.id } as FindOptionsWhere<T>,
    select: { id: true, version: true } as FindOptionsSelect<T>,
  });
  if (current === null) {
    throw new HubError("NOT_FOUND", "There is no such row.");
  }
  throw new HubError(
    "VERSION_CONFLICT",
    "The row has changed since you read it. Read it again and repeat the change.",
    {
      currentVersion: current.version,
    },
  );
}
