import type { Logger } from "pino";
import { DataSource, type DataSourceOptions, type Logger as TypeormLogger } from "typeorm";
import { StartError } from "../server/start-error";
import { ForeignDatabase, runMigrations } from "./run-migrations";
import { SnakeCaseNames } from "./snake-case-names";

/** How a subgraph reaches its database. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. Secret: never logged. */
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Largest number of connections of this process. Default 10. */
  readonly poolSize?: number;
  /** The database cancels a statement that runs longer. Default 10 000. */
  readonly statementTimeoutMs?: number;
  /** The database ends a transaction that sits idle longer: a hung process must not hold locks. Default 30 000. */
  readonly idleInTransactionTimeoutMs?: number;
  /** How long to wait for a connection. Default 5 000. */
  readonly connectTimeoutMs?: number;
  readonly entities: DataSourceOptions["entities"];
  readonly migrations: DataSourceOptions["migrations"];
  readonly log: Logger;
  /** Told of every SQL statement, without its parameters: they may be personal. */
  readonly onStatement?: (sql: string) => void;
}

/** The database does not answer or refuses us. The message says what to do and holds no password. */
export class DatabaseUnavailable extends StartError {
  override readonly name = "DatabaseUnavailable";
}

/**
 * Connects, brings the database to the newest migration and returns the open data source.
 * @throws DatabaseUnavailable when there is no connection to be had, or the database is somebody else's
 */
export async function createDataSource(options: DatabaseOptions): Promise<DataSource> {
  const dataSource: DataSource = new DataSource({
    type: "postgres",
    url: options.url,
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: options.connectTimeoutMs ?? 5_000,
    // `timestamptz` values are compared and printed in UTC whatever the server's time zone says.
    extra: {
      options: "-c timezone=UTC",
      statement_timeout: options.statementTimeoutMs ?? 10_000,
      idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 30_000,
      // A pool keeps no process alive that is otherwise done, and drops connections that a fail-over left behind.
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    },
    poolErrorHandler: (error: Error) => {
      // The error carries the whole client, its key included: only its words go to the log. While we close, a lost connection
      // is what we want.
      if (dataSource.isInitialized) {
        options.log.warn({ reason: reasonOf(error) }, "a pooled database connection was lost");
      }
    },
    namingStrategy: new SnakeCaseNames(),
    entities: options.entities,
    migrations: options.migrations,
    logging: options.onStatement === undefined ? false : ["query"],
    logger: options.onStatement === undefined ? undefined : new StatementObserver(options.onStatement),
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    throw explainUnavailable(options.applicationName, options.url, error);
  }
  try {
    const done = await runMigrations(dataSource);
    if (done.length > 0) {
      options.log.info({ migrations: done }, "database migrated");
    }
  } catch (error) {
    await dataSource.destroy();
    throw error instanceof ForeignDatabase ? explainForeign(options, error) : error;
  }
  return dataSource;
}

/** What an operator needs to know of a database that cannot be used: where it is, why, what to do; no password. */
export function explainUnavailable(owner: string, url: string, error: unknown): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The database of ${owner} at ${describeDatabase(url)} ${describeRefusal(reasonOf(error))}`,
    { cause: error },
  );
}

function explainForeign(
  { applicationName, url }: DatabaseOptions,
  { migrations }: ForeignDatabase,
): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The database of ${applicationName} at ${describeDatabase(url)} was made by another subgraph or by a newer version ` +
      `(it has ${migrations.join(", ")}). Nothing was changed. Correct the URL, or start the version that made it.`,
  );
}

/** What PostgreSQL says when it answers, by SQLSTATE; anything else is no answer. */
function describeRefusal(reason: string): string {
  switch (reason) {
    case "28P01":
    case "28000":
      return `refuses this user or password (${reason}). Correct the URL.`;
    case "3D000":
      return `does not exist (${reason}). Make it, or correct the URL.`;
    case "53300":
      return `has no connection left (${reason}). Raise max_connections of PostgreSQL, or use smaller pools.`;
    default:
      return `does not answer (${reason}). Start PostgreSQL or correct the URL.`;
  }
}

/** Host, port and database of a URL, without user and password. */
export function describeDatabase(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
  } catch {
    return "an address that is no URL";
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? "no reason given";
}

/** Passes on statements; everything else of TypeORM's log is errors that reach us as exceptions anyway. */
class StatementObserver implements TypeormLogger {
  constructor(private readonly onStatement: (sql: string) => void) {}
  logQuery(sql: string): void {
    this.onStatement(sql);
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
