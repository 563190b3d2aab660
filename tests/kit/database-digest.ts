import { createHash } from "node:crypto";
import type { DataSource } from "typeorm";

/** Differ between two runs by themselves: ids of transactions and sequences, and when which migration ran. */
const LEFT_OUT: readonly string[] = ["migrations", "outbox_message"];

/** SHA-256 of every row of every table, sorted: equal for two databases with the same rows, in whatever order they came in. */
export async function digestDatabase(database: DataSource): Promise<string> {
  const tables = await database.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
     AND table_name <> ALL ($1) ORDER BY table_name COLLATE "C"`,
    [LEFT_OUT],
  );
  const hash = createHash("sha256");
  for (const { name } of tables) {
    const rows = await database.query<{ text: string }[]>(
      `SELECT to_jsonb(t)::text AS text FROM "${name}" AS t ORDER BY to_jsonb(t)::text COLLATE "C"`,
    );
    hash.update(`${name} ${rows.length}\n${rows.map(({ text }) => text).join("\n")}\n`);
  }
  return hash.digest("hex");
}
