import { sqlStateOf, type Transaction } from "@alliance-hub/shared/database/transaction";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { DataSource } from "typeorm";
import type { DemoInputs, DemoScale } from "./demo-plan";

/** Goes up when the same inputs begin to give other rows: data of an older generator is not taken for today's. */
const GENERATOR_VERSION = 1;
const UNDEFINED_TABLE = "42P01";
/** One number for all databases: two hubs that seed the same database wait for each other. */
const SEED_LOCK = 4_302_002;

interface MarkerRow {
  readonly seed: string;
  readonly scale: number;
  readonly today: string;
  readonly generator: number;
}

/** The demo data that a database holds, or undefined. One statement. */
export async function readSeedMarker(database: DataSource | Transaction): Promise<DemoInputs | undefined> {
  try {
    const [row] = await database.query<MarkerRow[]>("SELECT seed, scale, today::text, generator FROM demo_seed");
    return row === undefined ? undefined : { seed: row.seed, scale: row.scale as DemoScale, today: row.today };
  } catch (error) {
    if (sqlStateOf(error) === UNDEFINED_TABLE) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Claims the database for demo data, until the end of the transaction.
 * @returns false when it holds the same demo data already
 * @throws StartError when it holds other demo data
 */
export async function claimForSeed(transaction: Transaction, subgraph: string, inputs: DemoInputs): Promise<boolean> {
  await transaction.query("SELECT pg_advisory_xact_lock($1)", [SEED_LOCK]);
  await transaction.query(`
    CREATE TABLE IF NOT EXISTS demo_seed (
      only_row  boolean NOT NULL DEFAULT true,
      seed      text NOT NULL,
      scale     int NOT NULL,
      today     date NOT NULL,
      generator int NOT NULL,
      CONSTRAINT demo_seed_pkey PRIMARY KEY (only_row),
      CONSTRAINT demo_seed_only_row_check CHECK (only_row)
    )`);
  const [row] = await transaction.query<MarkerRow[]>("SELECT seed, scale, today::text, generator FROM demo_seed");
  if (row === undefined) {
    return true;
  }
  if (row.generator !== GENERATOR_VERSION) {
    throw new StartError(
      `The database of ${subgraph} holds demo data of another version of the hub. Empty it first (hub reset).`,
    );
  }
  if (row.seed !== inputs.seed || row.scale !== inputs.scale || row.today !== inputs.today) {
    throw new StartError(
      `The database of ${subgraph} holds other demo data (${describeInputs(row)}) than was asked for (${describeInputs(inputs)}). Empty it first (hub reset).`,
    );
  }
  return false;
}

/** Says which demo data the transaction has loaded. */
export async function writeSeedMarker(transaction: Transaction, { seed, scale, today }: DemoInputs): Promise<void> {
  await transaction.query("INSERT INTO demo_seed (seed, scale, today, generator) VALUES ($1, $2, $3, $4)", [
    seed,
    scale,
    today,
    GENERATOR_VERSION,
  ]);
}

function describeInputs({ seed, scale, today }: Pick<MarkerRow, "seed" | "scale" | "today">): string {
  return `seed "${seed}", scale ${scale}, day ${today}`;
}
