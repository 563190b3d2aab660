import { resolve } from "node:path";
import type { Logger } from "pino";
import type { DatabaseServer } from "../alliance/open-alliance";
import type { HubEnvironment } from "../env";
import { type PostgresServer, startPostgres } from "../postgres/postgres-server";

/** The server that holds the alliance's databases, for as long as a command runs. */
export interface OpenDatabaseServer extends DatabaseServer {
  /** Where the data is, for people: without a password. */
  readonly place: string;
  /** Resolves when the server has gone for good. Never, for a server of the operator's own. */
  readonly gone: Promise<string>;
  stop(): Promise<void>;
}

/** The operator's own server when DATABASE_URL is set, else our own in the data folder. @throws PostgresStartError */
export async function openDatabaseServer(environment: HubEnvironment, log: Logger): Promise<OpenDatabaseServer> {
  if (environment.DATABASE_URL !== undefined) {
    return useOwnServer(environment.DATABASE_URL);
  }
  const dataDir = resolve(environment.HUB_DATA);
  const server = await startPostgres({ dataDir, log: (line) => log.info({ component: "postgres" }, line) });
  return {
    place: dataDir,
    connectionUrl: (database) => server.connectionUrl(database),
    gone: waitForFailure(server),
    stop: () => server.stop(),
  };
}

function useOwnServer(address: string): OpenDatabaseServer {
  const { hostname, port } = new URL(address);
  return {
    place: `${hostname}:${port === "" ? "5432" : port}`,
    connectionUrl(database) {
      const url = new URL(address);
      url.pathname = `/${encodeURIComponent(database)}`;
      return url.href;
    },
    gone: new Promise(() => undefined),
    stop: async () => undefined,
  };
}

/** A stop that was asked for is no failure: then this never resolves. */
async function waitForFailure(server: PostgresServer): Promise<string> {
  const exit = await server.exited;
  if (exit.reason === "failed") {
    return `PostgreSQL has gone: ${exit.error.message}`;
  }
  return new Promise(() => undefined);
}
