import { Client } from "pg";

/** Runs statements on one connection that is closed afterwards. */
export async function withConnection<T>(connectionUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: connectionUrl, connectionTimeoutMillis: 10_000 });
  // A server that goes away between two statements is reported by the next one; without a listener it would end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
