import {
  SHARED_SUBGRAPH_NAMES,
  SHARED_SUBGRAPHS,
  type SharedSubgraphName,
} from "@alliance-hub/hub/alliance/shared-subgraphs";
import type { Subgraph, SubgraphOptions } from "@alliance-hub/shared/server/subgraph";
import { pino } from "pino";
import { createTestDatabase, type TestDatabase } from "./test-database";

/** The four shared subgraphs on databases of their own, in one process. */
export interface AllianceUnderTest {
  readonly subgraphs: Readonly<Record<SharedSubgraphName, Subgraph>>;
  close(): Promise<void>;
}

export async function openAlliance(options: Partial<SubgraphOptions> = {}): Promise<AllianceUnderTest> {
  const databases: TestDatabase[] = [];
  const opened = await Promise.all(
    SHARED_SUBGRAPH_NAMES.map(async (name) => {
      const database = await createTestDatabase(name);
      databases.push(database);
      const log = pino({ level: "silent" });
      return [
        name,
        await SHARED_SUBGRAPHS[name].create({ databaseUrl: database.url, log, callers: "demo", ...options }),
      ] as const;
    }),
  );
  const subgraphs = Object.fromEntries(opened) as Record<SharedSubgraphName, Subgraph>;
  return {
    subgraphs,
    close: async () => {
      await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.close()));
      await Promise.all(databases.map((database) => database.drop()));
    },
  };
}
