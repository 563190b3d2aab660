import {
  databaseUrlVariable,
  logLevelVariable,
  portVariable,
  readEnvironment,
} from "@alliance-hub/shared/read-environment";
import { z } from "zod";

const HUB_ENVIRONMENT = z.object({
  PORT: portVariable(4000),
  HOST: z.string().default("127.0.0.1").describe("the address to listen on"),
  HUB_DATA: z.string().default("./data").describe("the folder of the hub's own database"),
  DATABASE_URL: databaseUrlVariable
    .optional()
    .describe("a PostgreSQL server to use instead of the hub's own, postgres://user:password@host:port/postgres"),
  LOG_LEVEL: logLevelVariable,
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((origin) => (origin.trim() === "" ? [] : [origin.trim()])))
    .describe("web origins that may call the graph, separated by commas"),
  NODE_ENV: z.string().optional().describe("production or empty"),
});

export type HubEnvironment = z.infer<typeof HUB_ENVIRONMENT>;

/** The only reader of the process's environment. @throws EnvironmentError */
export function readHubEnvironment(): HubEnvironment {
  return readEnvironment(HUB_ENVIRONMENT, process.env);
}
