import type { ObjectLiteral } from "typeorm";

/** Most rows of one statement: large enough to be fast, small enough that memory does not follow the scale. */
export const BATCH_SIZE = 1_000;

/** Rows of one entity, complete but for what the database computes. */
export interface DemoBatch<Row extends ObjectLiteral = ObjectLiteral> {
  readonly entity: new () => Row;
  readonly rows: readonly Row[];
  /** Number of the copy that the rows belong to, from 0. What does not scale belongs to the first. */
  readonly copy: number;
}

/** A row of an entity from its columns; methods and prototypes are kept, so that the row is what a query would return. */
export function makeRow<Row extends ObjectLiteral>(entity: new () => Row, columns: Row): Row {
  return Object.assign(new entity(), columns);
}

/** The rows in batches; nothing for no rows. */
export function* inBatches<Row extends ObjectLiteral>(
  entity: new () => Row,
  rows: Iterable<Row>,
  copy = 0,
): Generator<DemoBatch<Row>> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH_SIZE) {
      yield { entity, rows: batch, copy };
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield { entity, rows: batch, copy };
  }
}
