import { inTransaction, type Transaction } from "@alliance-hub/shared/database/transaction";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Subgraph } from "@alliance-hub/shared/server/subgraph";
import { SHARED_SUBGRAPH_NAMES, type SharedSubgraphName } from "../alliance/shared-subgraphs";
import type { DemoBatch } from "./demo-batch";
import { DEFAULT_SEED, DEFAULT_TODAY, type DemoInputs } from "./demo-plan";
import { generateDemo } from "./generate-demo";
import { insertBatch } from "./insert-batch";
import { claimForSeed, readSeedMarker, writeSeedMarker } from "./seed-marker";

/** The four shared subgraphs, of which the seeder uses the databases. */
export type DemoSubgraphs = Readonly<Record<SharedSubgraphName, Pick<Subgraph, "database">>>;

export interface SeedProgress {
  readonly subgraph: SharedSubgraphName;
  /** Copies of the demo that are in the database, of as many as the scale says. */
  readonly done: number;
  readonly total: number;
}

export interface SeedOptions extends Partial<DemoInputs> {
  readonly subgraphs: DemoSubgraphs;
  /** Silent about a subgraph whose data is in place already. */
  readonly onProgress?: (progress: SeedProgress) => void;
  /** Where the rows come from; the generator of the demo by default. */
  readonly generate?: (inputs: DemoInputs, subgraph: SharedSubgraphName) => Iterable<DemoBatch>;
}

/**
 * Loads the demo data, one transaction for each subgraph: a hub that is killed leaves a subgraph whole or empty, and the next
 * call goes on where it stopped. Does nothing where the same data is in place.
 * @throws StartError when a database holds other demo data or rows that somebody wrote
 */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const inputs: DemoInputs = {
    seed: options.seed ?? DEFAULT_SEED,
    scale: options.scale ?? 1,
    today: options.today ?? DEFAULT_TODAY,
  };
  for (const name of SHARED_SUBGRAPH_NAMES) {
    await seedSubgraph(name, inputs, options);
  }
}

/** Whether all four databases hold demo data of these inputs; of any inputs without them. One statement for each. */
export async function isSeeded(subgraphs: DemoSubgraphs, inputs?: DemoInputs): Promise<boolean> {
  const markers = await Promise.all(SHARED_SUBGRAPH_NAMES.map((name) => readSeedMarker(subgraphs[name].database)));
  return markers.every(
    (marker) =>
      marker !== undefined &&
      (inputs === undefined ||
        (marker.seed === inputs.seed && marker.scale === inputs.scale && marker.today === inputs.today)),
  );
}

/** What the demo data that is in place, in one database at least, was made of. */
export async function readBegunDemo(subgraphs: DemoSubgraphs): Promise<DemoInputs | undefined> {
  const markers = await Promise.all(SHARED_SUBGRAPH_NAMES.map((name) => readSeedMarker(subgraphs[name].database)));
  return markers.find((marker) => marker !== undefined);
}

async function seedSubgraph(subgraph: SharedSubgraphName, inputs: DemoInputs, options: SeedOptions): Promise<void> {
  const { scale: total } = inputs;
  const { subgraphs, onProgress = () => undefined, generate = generateDemo } = options;
  const isNew = await inTransaction(subgraphs[subgraph].database, async (transaction) => {
    if (!(await claimForSeed(transaction, subgraph, inputs))) {
      return false;
    }
    const filled = new Set<DemoBatch["entity"]>();
    let done = 0;
    onProgress({ subgraph, done, total });
    for (const batch of generate(inputs, subgraph)) {
      if (!filled.has(batch.entity)) {
        await refuseRows(transaction, subgraph, batch.entity);
        filled.add(batch.entity);
      }
      if (batch.copy > done) {
        done = batch.copy;
        onProgress({ subgraph, done, total });
        await analyzeAtPowerOfTwo(transaction, filled, done);
      }
      await insertBatch(transaction, batch);
    }
    await analyze(transaction, filled);
    await writeSeedMarker(transaction, inputs);
    return true;
  });
  // Not before the commit: until then nothing is in place.
  if (isNew) {
    onProgress({ subgraph, done: total, total });
  }
}

/**
 * PostgreSQL keeps the plans of its foreign key checks. Made for an empty table, they read all of it for each row, and a large
 * scale would never end: new statistics make it plan again, each time the tables have doubled.
 */
async function analyzeAtPowerOfTwo(
  transaction: Transaction,
  entities: ReadonlySet<DemoBatch["entity"]>,
  copies: number,
): Promise<void> {
  if (Number.isInteger(Math.log2(copies))) {
    await analyze(transaction, entities);
  }
}

async function analyze(transaction: Transaction, entities: ReadonlySet<DemoBatch["entity"]>): Promise<void> {
  const { driver } = transaction.connection;
  const tables = [...entities].map((entity) => driver.escape(transaction.connection.getMetadata(entity).tableName));
  await transaction.query(`ANALYZE ${tables.join(", ")}`);
}

/** Demo data beside rows that somebody wrote would be neither. */
async function refuseRows(transaction: Transaction, subgraph: string, entity: DemoBatch["entity"]): Promise<void> {
  if (await transaction.exists(entity)) {
    const { tableName } = transaction.connection.getMetadata(entity);
    throw new StartError(
      `The database of ${subgraph} holds rows of its own (${tableName}). Empty it (hub reset) before demo data is loaded.`,
    );
  }
}
