import { constants, open } from "node:fs/promises";
import { join } from "node:path";

/** The lines of `postmaster.pid` that we need (postgres: src/include/utils/pidfile.h). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** "starting", "ready", "stopping", "standby" or empty. */
  readonly status: string;
}

const PID_LINE = 0;
const PORT_LINE = 3;
const STATUS_LINE = 7;

/** Undefined when there is none, or none that makes sense (it is written in several steps). */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
  try {
    // The folder belongs to the server's account: a link planted there must not make root read or write elsewhere.
    const handle = await open(fileIn(clusterDir), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const lines = await handle.readFile("utf8").finally(() => handle.close());
    return parse(lines.split("\n"));
  } catch {
    return undefined;
  }
}

/**
 * Marks the file as stale for the next postmaster, whose parent this process will be: postgres takes a file that names its own
 * parent for a leftover. Removing the file would also remove the shared memory id in it, by which postgres makes sure that no
 * backend of the dead postmaster still writes to the data.
 */
export async function disownPostmasterFile(clusterDir: string): Promise<void> {
  const handle = await open(fileIn(clusterDir), constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const [, ...rest] = (await handle.readFile("utf8")).split("\n");
    await handle.truncate(0);
    await handle.write([String(process.pid), ...rest].join("\n"), 0);
  } finally {
    await handle.close();
  }
}

function fileIn(clusterDir: string): string {
  return join(clusterDir, "postmaster.pid");
}

function parse(lines: readonly string[]): PostmasterFile | undefined {
  const pid = Number.parseInt(lines[PID_LINE] ?? "", 10);
  const port = Number.parseInt(lines[PORT_LINE] ?? "", 10);
  // A negative pid is that of a standalone backend.
  return pid > 0 && port >= 0 ? { pid, port, status: (lines[STATUS_LINE] ?? "").trim() } : undefined;
}
