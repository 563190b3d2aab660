import { parseArgs } from "node:util";
import { z } from "zod";
import {
  databaseUrlVariable,
  logLevelVariable,
  nodeEnvironmentVariable,
  portVariable,
  readEnvironment,
} from "../read-environment";
import { createServiceLog } from "../service-log";
import { runProcess } from "./run-process";
import { serveSubgraph } from "./serve-subgraph";
import { explainListenError, StartError } from "./start-error";
import type { Subgraph, SubgraphOptions } from "./subgraph";

/** What a subgraph's process reads from its environment. */
export const SUBGRAPH_ENVIRONMENT = z.object({
  DATABASE_URL: databaseUrlVariable,
  HOST: z.string().default("127.0.0.1").describe("the address to listen on, 0.0.0.0 in a container (127.0.0.1)"),
  PORT: portVariable(4001),
  LOG_LEVEL: logLevelVariable,
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe("connections to the database, 1 to 200 (10)"),
  OPEN_DEMO: z
    .enum(["true", "false"])
    .default("false")
    .describe("true: everybody may change rows, for demonstrations only; refused in production (false)"),
  NODE_ENV: nodeEnvironmentVariable,
});

export type SubgraphEnvironment = z.infer<typeof SUBGRAPH_ENVIRONMENT>;

/** The variables of a subgraph's process. @throws EnvironmentError */
export function readSubgraphEnvironment(environment: NodeJS.ProcessEnv): SubgraphEnvironment {
  const values = readEnvironment(SUBGRAPH_ENVIRONMENT, environment);
  if (values.OPEN_DEMO === "true" && values.NODE_ENV === "production") {
    throw new StartError(
      "OPEN_DEMO=true lets everybody change rows and is refused with NODE_ENV=production. Unset one of them.",
    );
  }
  return values;
}

export interface SubgraphProgram {
  readonly name: string;
  readonly create: (options: SubgraphOptions) => Promise<Subgraph>;
  readonly readEnvironment: () => SubgraphEnvironment;
}

/** Runs a subgraph as its own process: reads the environment, connects, migrates, listens, closes in order on a signal. */
export function runSubgraph(program: SubgraphProgram): Promise<void> {
  if (isHelpAsked()) {
    process.stdout.write(describeUsage(program.name));
    return Promise.resolve();
  }
  return runProcess(async () => {
    const environment = program.readEnvironment();
    const log = createServiceLog(program.name, environment.LOG_LEVEL);
    const subgraph = await program.create({
      databaseUrl: environment.DATABASE_URL,
      poolSize: environment.DATABASE_POOL_SIZE,
      callers: environment.OPEN_DEMO === "true" ? "demo" : "public",
      log,
    });
    try {
      const server = await serveSubgraph(subgraph, { host: environment.HOST, port: environment.PORT });
      log.info({ url: server.url }, "listening");
      return server;
    } catch (error) {
      await subgraph.close();
      throw explainListenError(error, { host: environment.HOST, port: environment.PORT });
    }
  });
}

function isHelpAsked(): boolean {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h" } } }).values.help === true;
  } catch {
    return true;
  }
}

function describeUsage(name: string): string {
  const variables = Object.entries(SUBGRAPH_ENVIRONMENT.shape).map(([variable, field]) => {
    const { description } = field as unknown as z.ZodType;
    return `  ${variable.padEnd(20)} ${description ?? ""}`;
  });
  return `The ${name} subgraph as its own process. It takes no arguments; its environment says the rest:\n${variables.join("\n")}\n`;
}
