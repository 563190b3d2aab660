import { resolve } from "node:path";
import { describeDatabase } from "@alliance-hub/shared/database/data-source";
import { invariant } from "@alliance-hub/shared/invariant";
import type { Logger } from "pino";
import type { DatabaseServer } from "../alliance/open-alliance";
import { SHARED_SUBGRAPH_NAMES, type SharedSubgraphName } from "../alliance/shared-subgraphs";
import { DATABASE_VARIABLES, type HubEnvironment, hasOwnDatabases } from "../env";
import { ensureDatabase } from "../postgres/ensure-database";
import { type PostgresServer, startPostgres } from "../postgres/postgres-server";

/** The server that holds the alliance's databases, for as long as a command runs. */
export interface OpenDatabaseServer extends DatabaseServer {
  /** Where the data is, for people: without a password. */
  readonly place: string;
  /** Resolves when the server has gone for good. Never, for a server of the operator's own. */
  readonly gone: Promise<string>;
  stop(): Promise<void>;
}

/** The operator's own databases when they are named, else our own server in the data folder. @throws PostgresStartError */
export async function openDatabaseServer(environment: HubEnvironment, log: Logger): Promise<OpenDatabaseServer> {
  if (hasOwnDatabases(environment)) {
    return useOwnDatabases(environment);
  }
  const dataDir = resolve(environment.HUB_DATA);
  const server = await startPostgres({ dataDir, log: (line) => log.info({ component: "postgres" }, line) });
  return {
    place: dataDir,
    async openDatabase(name) {
      await ensureDatabase(server, name);
      return server.connectionUrl(name);
    },
    gone: waitForFailure(server),
    stop: () => server.stop(),
  };
}

function useOwnDatabases(environment: HubEnvironment): OpenDatabaseServer {
  const urlOf = (name: SharedSubgraphName) => {
    const url = environment[DATABASE_VARIABLES[name]];
    invariant(url !== undefined, "all four databases are named, or none");
    return url;
  };
  return {
    place: SHARED_SUBGRAPH_NAMES.map((name) => describeDatabase(urlOf(name))).join(", "),
    openDatabase: async (name) => urlOf(name),
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
