import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier } from "pg";

/** An empty database of one test file. */
export interface TestDatabase {
  readonly name: string;
  /** With user and password. */
  readonly url: string;
  /** Removes it, together with connections that are still open. */
  drop(): Promise<void>;
}

/**
 * Creates a database on the server of this jest run.
 * @param prefix tells whose it is when one is left over, e.g. `needs`
 */
export async function createTestDatabase(prefix: string): Promise<TestDatabase> {
  const name = `${prefix}_${randomBytes(8).toString("hex")}`;
  // template1 would be refused while another test is connected to it.
  await runAsAdmin(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
  const url = new URL(adminUrl());
  url.pathname = `/${encodeURIComponent(name)}`;
  return {
    name,
    url: url.href,
    drop: () => runAsAdmin(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
  };
}

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) {
    throw new Error("TEST_DATABASE_URL is not set: run this test with jest from the root of the repository.");
  }
  return url;
}

async function runAsAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
