import { type DataSource, MigrationExecutor } from "typeorm";

/** One number for the whole hub: migrations of one database run one after the other, however many processes start at once. */
const MIGRATION_LOCK = 4_302_001;

/** The database has steps behind it that this program does not know: its own would be built on tables of somebody else. */
export class ForeignDatabase extends Error {
  override readonly name = "ForeignDatabase";

  constructor(readonly migrations: readonly string[]) {
    super("the database has migrations of another program");
  }
}

/**
 * Brings the database to the newest migration.
 * @returns names of the migrations that were run now, in order
 * @throws ForeignDatabase before anything is changed
 */
export async function runMigrations(dataSource: DataSource): Promise<readonly string[]> {
  // One connection for the lock and for what it guards: a pool of one has no other. A step of a migration takes as long as
  // the data are many, so only statements of requests are timed.
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query("SET statement_timeout = 0");
    // Held by the session: concurrent starts wait here and then find nothing left to do.
    await runner.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = "each";
    await refuseForeign(executor, dataSource);
    const done = await executor.executePendingMigrations();
    await runner.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    await runner.query("RESET statement_timeout");
    return done.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}

async function refuseForeign(executor: MigrationExecutor, { migrations }: DataSource): Promise<void> {
  const executed = await executor.getExecutedMigrations();
  const names = new Set(migrations.map((migration) => migration.name ?? migration.constructor.name));
  const foreign = executed.map(({ name }) => name).filter((name) => !names.has(name));
  if (foreign.length > 0) {
    throw new ForeignDatabase(foreign);
  }
}
