import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { errorCodeOf } from "./error-code";
import { PostgresStartError } from "./postgres-start-error";
import { readProcessFacts } from "./process-facts";

/** Held by the one process that may run PostgreSQL on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

const holderShape = z.object({ host: z.string(), pid: z.number().int().positive(), startedAt: z.string() });
type Holder = z.infer<typeof holderShape>;

/** The holder touches its lock this often, for those who cannot see its process. */
const HEARTBEAT_MS = 10_000;
/** A lock of another host that was not touched for so long is that of a dead process. */
const SILENCE_MS = 45_000;

/**
 * Takes the lock, or takes it over from a process that is gone. The holder is named by pid and start time, so a lock that
 * outlived a crash is not taken for that of a newer process with the same pid (in a container the hub is always pid 1). A holder
 * on another host, such as a second container with the same volume, is judged by its heartbeat.
 * @param file the lock file
 * @throws PostgresStartError when a living process holds it
 */
export async function lockFolder(file: string): Promise<FolderLock> {
  const mine = JSON.stringify(await describeHolder(process.pid));
  while (!(await tryCreate(file, mine))) {
    const found = await readFile(file, "utf8").catch(() => undefined);
    const holder = found === undefined ? undefined : parseHolder(found);
    if (holder !== undefined && (await isAlive(holder, file))) {
      const place = holder.host === hostname() ? "" : ` on ${holder.host}`;
      throw new PostgresStartError(
        `The data in ${dirname(file)} is in use by the process with pid ${holder.pid}${place}: stop it, or set HUB_DATA to another folder.`,
      );
    }
    if (found !== undefined) {
      await discardStale(file, found);
    }
  }
  const heartbeat = setInterval(() => void touch(file), HEARTBEAT_MS).unref();
  return {
    async release() {
      clearInterval(heartbeat);
      await rm(file, { force: true });
    },
  };
}

async function describeHolder(pid: number): Promise<Holder> {
  return { host: hostname(), pid, startedAt: (await readProcessFacts(pid))?.startedAt ?? "" };
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  // The operator may have removed the folder under us; PostgreSQL will say so in its own way.
  await utimes(file, now, now).catch(() => undefined);
}

/** The file appears with its content in one step: nobody ever reads half a lock. */
async function tryCreate(file: string, content: string): Promise<boolean> {
  const draft = uniqueNameBeside(file);
  await writeFile(draft, content, { flag: "wx", mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === "EEXIST") {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Two hubs may judge the same lock stale; the slower one must not throw away the lock that the faster one has just taken. */
async function discardStale(file: string, judged: string): Promise<void> {
  const aside = uniqueNameBeside(file);
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8")) !== judged) {
    await link(aside, file).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

function uniqueNameBeside(file: string): string {
  return `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.host !== hostname()) {
    const touched = await stat(file).catch(() => undefined);
    return touched !== undefined && Date.now() - touched.mtimeMs < SILENCE_MS;
  }
  const facts = await readProcessFacts(holder.pid);
  return facts !== undefined && !facts.isZombie && facts.startedAt === holder.startedAt;
}
