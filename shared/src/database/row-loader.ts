import DataLoader from "dataloader";
import { type EntityTarget, type FindOptionsWhere, In, type ObjectLiteral } from "typeorm";
import { groupByKey } from "../group-by-key";
import type { LoaderDefinition } from "../request-context";

/** A loader of rows by a unique text column: one statement for all keys of a tick. Unknown keys are null. */
export function rowLoader<T extends ObjectLiteral>(
  entity: EntityTarget<T>,
  column: keyof T & string,
): LoaderDefinition<string, T | null> {
  return {
    create: ({ database }) =>
      new DataLoader(async (keys) => {
        const rows = await database.manager.findBy(entity, { [column]: In([...keys]) } as FindOptionsWhere<T>);
        const byKey = new Map(rows.map((row) => [row[column] as string, row]));
        return keys.map((key) => byKey.get(key) ?? null);
      }),
  };
}

/** A loader of all rows that belong to a parent, for short bounded lists, in the order given. */
export function childrenLoader<T extends ObjectLiteral>(
  entity: EntityTarget<T>,
  parentColumn: keyof T & string,
  order: Partial<Record<keyof T & string, "ASC" | "DESC">>,
): LoaderDefinition<string, T[]> {
  return {
    create: ({ database }) =>
      new DataLoader(async (parents) => {
        const rows = await database.manager.find(entity, {
          where: { [parentColumn]: In([...parents]) } as FindOptionsWhere<T>,
          order: order as never,
        });
        const byParent = groupByKey(rows, (row) => row[parentColumn] as string);
        return parents.map((parent) => byParent.get(parent) ?? []);
      }),
  };
}
