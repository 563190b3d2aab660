import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { withConnection } from "./admin-connection";
import type { PostgresBinaries } from "./binaries";
import { SUPERUSER } from "./cluster";
import { errorCodeOf } from "./error-code";
import { PostgresStartError } from "./postgres-start-error";
import { readPostmasterFile } from "./postmaster-file";
import { postmasterSettings } from "./postmaster-settings";
import { runBinary, spawnOptionsFor } from "./run-binary";
import { folderForChild, type ServerAccount } from "./server-account";
import { openServerLog, readLastFault } from "./server-log";

/** Everything needed to start a postmaster, and to start it again after a crash. */
export interface PostmasterPlan {
  readonly binaries: PostgresBinaries;
  readonly clusterDir: string;
  readonly logFile: string;
  readonly account: ServerAccount | undefined;
  readonly password: string;
  readonly isDurable: boolean;
}

/** A postmaster that accepts connections, and is a child of this process. */
export interface Postmaster {
  readonly pid: number;
  /** Resolves when it has ended, with how: "exit code 1", "SIGKILL". Never rejects. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** It ended before it was ready; `fault` is the last fault in its log. */
export class PostmasterEnded extends PostgresStartError {
  constructor(
    readonly fault: string,
    how: string,
    logFile: string,
  ) {
    super(`PostgreSQL ended with ${how} while it started (${fault}): its log is ${logFile}.`);
  }
}

/** A crash recovery may take minutes; a server that says nothing for so long hangs. */
const START_TIMEOUT_MS = 300_000;
const READY_POLL_MS = 25;
/** Fast shutdown closes connections and writes everything; immediate shutdown leaves the rest to recovery. */
const STOP_STEPS = [
  { signal: "SIGINT", patienceMs: 30_000 },
  { signal: "SIGQUIT", patienceMs: 10_000 },
  { signal: "SIGKILL", patienceMs: 10_000 },
] as const;

/** @throws PostgresStartError; nothing is left running then */
export async function launchPostmaster(plan: PostmasterPlan, port: number): Promise<Postmaster> {
  const folder = folderForChild(plan.clusterDir, plan.account);
  const log = await openServerLog(plan.logFile);
  const child = spawn(plan.binaries.postgres, ["-D", folder.path, ...postmasterSettings(port, plan.isDurable)], {
    ...spawnOptionsFor(plan.account, folder.cwd),
    // A group of its own: Ctrl-C in the terminal must reach the hub alone, which drains its requests before it stops us.
    detached: process.platform !== "win32",
    // A file, not a pipe: an orphan can go on writing when this process is gone.
    stdio: ["ignore", log.fd, log.fd],
  });
  const state: { endedHow?: string } = {};
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).then((how) => {
    state.endedHow = how;
    return how;
  });
  await log.close();
  const pid = child.pid;
  if (pid === undefined) {
    throw new PostgresStartError(`PostgreSQL could not be started: ${await ended}.`);
  }
  const stop = () => stopPostmaster(pid, plan, () => state.endedHow !== undefined);
  try {
    await waitUntilReady(plan, { pid, port, logOffset: log.startOffset }, () => state.endedHow);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid, ended, stop };
}

async function waitUntilReady(
  plan: PostmasterPlan,
  started: { readonly pid: number; readonly port: number; readonly logOffset: number },
  endedHow: () => string | undefined,
): Promise<void> {
  const giveUpAtMs = performance.now() + START_TIMEOUT_MS;
  while (!(await isReady(plan, started.pid, started.port))) {
    const how = endedHow();
    if (how !== undefined) {
      throw new PostmasterEnded(await readLastFault(plan.logFile, started.logOffset), how, plan.logFile);
    }
    if (performance.now() > giveUpAtMs) {
      throw new PostgresStartError(
        `PostgreSQL did not become ready in ${START_TIMEOUT_MS / 1000} s: its log is ${plan.logFile}.`,
      );
    }
    await delay(READY_POLL_MS);
  }
}

/**
 * Ends a postmaster in ever harsher ways. Does not need to be its parent.
 * @param hasEnded asked about every 25 ms
 */
export async function stopPostmaster(
  pid: number,
  plan: Pick<PostmasterPlan, "binaries" | "clusterDir">,
  hasEnded: () => boolean | Promise<boolean>,
): Promise<void> {
  for (const { signal, patienceMs } of STOP_STEPS) {
    if (await hasEnded()) {
      return;
    }
    await sendSignal(pid, signal, plan.binaries);
    const giveUpAtMs = performance.now() + patienceMs;
    while (!(await hasEnded()) && performance.now() < giveUpAtMs) {
      await delay(READY_POLL_MS);
    }
  }
  if (!(await hasEnded())) {
    throw new PostgresStartError(`PostgreSQL (pid ${pid}, ${plan.clusterDir}) does not end, not even by SIGKILL.`);
  }
}

/** Where to reach a cluster. Holds the password: never logged. */
export function connectionUrlFor(password: string, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/**
 * Only a connection proves it. But the password is not offered to the port before our own child says that it is bound there:
 * another local process that was faster could ask for it in clear text.
 */
async function isReady(plan: PostmasterPlan, pid: number, port: number): Promise<boolean> {
  const file = await readPostmasterFile(plan.clusterDir);
  if (file?.pid !== pid || file.status !== "ready") {
    return false;
  }
  try {
    return await withConnection(connectionUrlFor(plan.password, port, "postgres"), async (client) => {
      await client.query("SELECT 1");
      return true;
    });
  } catch (error) {
    if (errorCodeOf(error) === "28P01") {
      throw new PostgresStartError(
        `The cluster ${plan.clusterDir} does not accept the password in ${plan.clusterDir}.password: restore that file, or start over with "hub reset".`,
      );
    }
    return false;
  }
}

async function sendSignal(
  pid: number,
  signal: "SIGINT" | "SIGQUIT" | "SIGKILL",
  binaries: PostgresBinaries,
): Promise<void> {
  if (process.platform === "win32" && signal !== "SIGKILL") {
    // Node ends a Windows process at once, whatever the signal; pg_ctl asks postgres through its own pipe.
    await runBinary(binaries.pgCtl, ["kill", signal.slice("SIG".length), String(pid)], {});
    return;
  }
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in this moment.
  }
}
