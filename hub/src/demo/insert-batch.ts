import type { Transaction } from "@alliance-hub/shared/database/transaction";
import type { DemoBatch } from "./demo-batch";

/**
 * Inserts a batch with one statement and one parameter, however many rows and columns: PostgreSQL reads the rows from JSON and
 * converts each value to its column's type. Column names come from the entities' metadata, never from data.
 */
export async function insertBatch(transaction: Transaction, batch: DemoBatch): Promise<void> {
  const { columns, tableName } = transaction.connection.getMetadata(batch.entity);
  const { driver } = transaction.connection;
  const table = driver.escape(tableName);
  const names = columns.map((column) => driver.escape(column.databaseName)).join(", ");
  const rows = batch.rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column.databaseName, column.getEntityValue(row, true) ?? null])),
  );
  await transaction.query(
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}
