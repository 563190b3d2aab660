import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "./free-port";
import { type Program, startProgram } from "./program";

/** A hub as `npm start` runs it, on a data folder of its own. */
export interface RunningHub {
  readonly program: Program;
  readonly graphUrl: string;
  readonly address: string;
  /** Connection to the hub's own database server, for looking at what is really there. */
  databaseUrl(database: string): string;
}

/** Starts the hub and waits for the line that says it is up. */
export async function startHub(dataDir: string, args: readonly string[] = []): Promise<RunningHub> {
  const port = await findFreePort();
  const program = startProgram({
    program: "hub/dist/main.js",
    args: ["start", ...args],
    env: { PORT: String(port), HUB_DATA: dataDir },
  });
  await program.waitFor(/The alliance is up/);
  const [, postgresPort] = await program.waitFor(/PostgreSQL is ready on 127\.0\.0\.1:(\d+)/);
  const password = readFileSync(join(dataDir, "postgres-18.password"), "utf8").trim();
  return {
    program,
    address: `http://127.0.0.1:${port}`,
    graphUrl: `http://127.0.0.1:${port}/graphql`,
    databaseUrl: (database) => `postgresql://hub:${password}@127.0.0.1:${postgresPort}/${database}`,
  };
}
