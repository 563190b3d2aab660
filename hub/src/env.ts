import { ORIGIN_LIST } from "@alliance-hub/gateway/env";
import {
  databaseUrlVariable,
  EnvironmentError,
  logLevelVariable,
  nodeEnvironmentVariable,
  portVariable,
  readEnvironment,
} from "@alliance-hub/shared/read-environment";
import { z } from "zod";

const HUB_ENVIRONMENT = z.object({
  PORT: portVariable(4000),
  HOST: z.string().default("127.0.0.1").describe("the address to listen on (127.0.0.1)"),
  HUB_DATA: z.string().default("./data").describe("the folder of the hub's own database (./data)"),
  ORGANIZATIONS_DATABASE_URL: databaseUrlVariable.optional(),
  NEEDS_DATABASE_URL: databaseUrlVariable.optional(),
  PROJECTS_DATABASE_URL: databaseUrlVariable.optional(),
  FUNDS_DATABASE_URL: databaseUrlVariable.optional(),
  LOG_LEVEL: logLevelVariable,
  CORS_ORIGINS: ORIGIN_LIST,
  NODE_ENV: nodeEnvironmentVariable,
});

export type HubEnvironment = z.infer<typeof HUB_ENVIRONMENT>;

/** Variables that name databases of the operator's own, by subgraph. */
export const DATABASE_VARIABLES = {
  organizations: "ORGANIZATIONS_DATABASE_URL",
  needs: "NEEDS_DATABASE_URL",
  projects: "PROJECTS_DATABASE_URL",
  funds: "FUNDS_DATABASE_URL",
} as const;

/** The only reader of the process's environment. @throws EnvironmentError */
export function readHubEnvironment(): HubEnvironment {
  const values = readEnvironment(HUB_ENVIRONMENT, process.env);
  const missing = Object.values(DATABASE_VARIABLES).filter((name) => values[name] === undefined);
  if (missing.length > 0 && missing.length < Object.keys(DATABASE_VARIABLES).length) {
    throw new EnvironmentError(
      `Some databases are your own and some are not named: set ${missing.join(", ")} too, or none of them for the hub's own.`,
    );
  }
  return values;
}

/** Whether the operator brings databases of his own. */
export function hasOwnDatabases(environment: HubEnvironment): boolean {
  return environment.NEEDS_DATABASE_URL !== undefined;
}
