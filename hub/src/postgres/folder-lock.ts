import { randomBytes } from "node:crypto";
import { link, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { errorCodeOf } from "./error-code";
import { PostgresStartError } from "./postgres-start-error";
import { readProcessFacts } from "./process-facts";

/** Held by the one process that may run PostgreSQL on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

/** What a lock file says. A released lock stays as a file that names nobody. */
const holderShape = z.object({ host: z.string(), pid: z.number().int().positive(), startedAt: z.string() });
type Holder = z.infer<typeof holderShape>;
const RELEASED = "{}";

const LOCK_NAME = /^postgres\.lock\.(\d{1,15})$/;
/** The holder touches its lock this often, for those who cannot see its process. */
const HEARTBEAT_MS = 10_000;
/** A lock of another host that was not touched for so long is that of a dead process. */
const SILENCE_MS = 45_000;

/**
 * Takes the lock, or takes it over from a process that is gone. The holder is named by pid and start time, so a lock that
 * outlived a crash is not taken for that of a newer process with the same pid (in a container the hub is always pid 1). A holder
 * on another host, such as a second container with the same volume, is judged by its heartbeat.
 *
 * The lock is the file with the highest number. Whoever finds it stale makes the next number, which only one can; nothing has to
 * be removed first, so a slow rival cannot throw away the lock that a faster one has just taken. The numbers never fall.
 * @throws PostgresStartError when a living process holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const mine = JSON.stringify(await describeHolder(process.pid));
  for (;;) {
    const newest = await readNewestNumber(folder);
    await refuseLivingHolder(folder, newest);
    const number = newest + 1;
    if (!(await tryCreate(folder, number, mine))) {
      continue;
    }
    // The number may have been free because a lock above it had been taken and this one cleared away.
    if ((await readNewestNumber(folder)) > number) {
      await rm(lockFile(folder, number), { force: true });
      continue;
    }
    await removeOlder(folder, number);
    return holdLock(folder, number);
  }
}

function holdLock(folder: string, number: number): FolderLock {
  const file = lockFile(folder, number);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Where the folder was removed under us, PostgreSQL says so in its own way.
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  return {
    async release() {
      clearInterval(heartbeat);
      const draft = await writeDraft(folder, RELEASED).catch(() => undefined);
      if (draft !== undefined) {
        await rename(draft, file);
      }
    },
  };
}

async function refuseLivingHolder(folder: string, number: number): Promise<void> {
  const file = lockFile(folder, number);
  const holder = parseHolder(await readFile(file, "utf8").catch(() => RELEASED));
  if (holder !== undefined && (await isAlive(holder, file))) {
    const place = holder.host === hostname() ? "" : ` on ${holder.host}`;
    throw new PostgresStartError(
      `The data in ${folder} is in use by the process with pid ${holder.pid}${place}: stop it, or set HUB_DATA to another folder.`,
    );
  }
}

/** The file appears with its content in one step: nobody ever reads half a lock. */
async function tryCreate(folder: string, number: number, content: string): Promise<boolean> {
  const draft = await writeDraft(folder, content);
  try {
    await link(draft, lockFile(folder, number));
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

async function writeDraft(folder: string, content: string): Promise<string> {
  const draft = join(folder, `postgres.lock-draft-${randomBytes(8).toString("hex")}`);
  await writeFile(draft, content, { flag: "wx", mode: 0o600 });
  return draft;
}

async function removeOlder(folder: string, number: number): Promise<void> {
  for (const found of await readNumbers(folder)) {
    if (found < number) {
      await rm(lockFile(folder, found), { force: true });
    }
  }
}

function lockFile(folder: string, number: number): string {
  return join(folder, `postgres.lock.${number}`);
}

async function readNewestNumber(folder: string): Promise<number> {
  return Math.max(0, ...(await readNumbers(folder)));
}

async function readNumbers(folder: string): Promise<number[]> {
  const found = (await readdir(folder)).map((name) => LOCK_NAME.exec(name)?.[1]);
  return found.filter((digits) => digits !== undefined).map(Number);
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function describeHolder(pid: number): Promise<Holder> {
  return { host: hostname(), pid, startedAt: (await readProcessFacts(pid))?.startedAt ?? "" };
}

async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.host !== hostname()) {
    const touched = await stat(file).catch(() => undefined);
    return touched !== undefined && Date.now() - touched.mtimeMs < SILENCE_MS;
  }
  const facts = await readProcessFacts(holder.pid);
  return facts !== undefined && !facts.isZombie && facts.startedAt === holder.startedAt;
}
