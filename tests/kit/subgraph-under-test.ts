import { type InProcessResponse, makeInProcessExecutor } from "@alliance-hub/shared/server/execute-in-process";
import type { Subgraph, SubgraphOptions } from "@alliance-hub/shared/server/subgraph";
import { pino } from "pino";
import { createTestDatabase } from "./test-database";

/** A subgraph on a database of its own, asked as the gateway would ask it. */
export interface SubgraphUnderTest {
  readonly subgraph: Subgraph;
  /** Statements sent since the last call of `countStatements()`. */
  countStatements(): number;
  ask(query: string, variables?: Record<string, unknown>): Promise<InProcessResponse>;
  close(): Promise<void>;
}

export async function openSubgraph(
  name: string,
  create: (options: SubgraphOptions) => Promise<Subgraph>,
  options: Partial<SubgraphOptions> = {},
): Promise<SubgraphUnderTest> {
  const database = await createTestDatabase(name);
  let statements = 0;
  const subgraph = await create({
    databaseUrl: database.url,
    log: pino({ level: "silent" }),
    callers: "demo",
    onStatement: () => {
      statements += 1;
    },
    ...options,
  });
  const execute = makeInProcessExecutor(subgraph);
  return {
    subgraph,
    countStatements: () => {
      const counted = statements;
      statements = 0;
      return counted;
    },
    ask: (query, variables = {}) => execute({ query, variables, requestId: "test" }),
    close: async () => {
      await subgraph.close();
      await database.drop();
    },
  };
}
