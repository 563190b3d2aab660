import { type SpawnOptions, spawn } from "node:child_process";
import type { ServerAccount } from "./server-account";

/** What a program of the PostgreSQL package left when it ended. */
export interface BinaryResult {
  readonly ok: boolean;
  /** Standard error, then standard output; or why the program could not be started. */
  readonly output: string;
}

/**
 * Options for every program of the package. Nothing is inherited but the search path: PGDATA, PGPORT and the like of the
 * operator's shell would redirect initdb, and LC_* would translate the messages that we read.
 */
export function spawnOptionsFor(account: ServerAccount | undefined, cwd: string): SpawnOptions {
  const env = process.platform === "win32" ? undefined : { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C" };
  return { cwd, env, uid: account?.uid, gid: account?.gid, windowsHide: true };
}

/** Runs a program to its end. Never throws: the caller knows what a failure means. */
export async function runBinary(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly stdinFd?: number },
): Promise<BinaryResult> {
  return new Promise<BinaryResult>((resolve) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const child = spawn(command, args, { ...options, stdio: [options.stdinFd ?? "ignore", "pipe", "pipe"] });
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (exitCode) =>
      resolve({ ok: exitCode === 0, output: Buffer.concat([...stderr, ...stdout]).toString("utf8") }),
    );
    // Node reports some refusals (no right to change the user, for one) by throwing instead of by an event.
  }).catch((error: Error) => ({ ok: false, output: error.message }));
}
