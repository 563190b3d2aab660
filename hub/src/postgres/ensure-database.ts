import { escapeIdentifier } from "pg";
import { withConnection } from "./admin-connection";
import { errorCodeOf } from "./error-code";
import type { PostgresServer } from "./postgres-server";

const DUPLICATE_DATABASE = "42P04";
const UNIQUE_VIOLATION = "23505";

/** Creates the database unless it exists. Two callers may ask for the same one at the same time. */
export async function ensureDatabase(server: Pick<PostgresServer, "connectionUrl">, name: string): Promise<void> {
  await withConnection(server.connectionUrl("postgres"), async (client) => {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount !== 0) {
      return;
    }
    try {
      // template1 would be refused while anybody is connected to it.
      await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
    } catch (error) {
      const code = errorCodeOf(error);
      if (code !== DUPLICATE_DATABASE && code !== UNIQUE_VIOLATION) {
        throw error;
      }
    }
  });
}
