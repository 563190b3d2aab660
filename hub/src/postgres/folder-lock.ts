import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { errorCodeOf } from "./error-code";
import { PostgresStartError } from "./postgres-start-error";
import { readProcessFacts } from "./process-facts";

/** Held by the one process that may run PostgreSQL on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

const holderShape = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
type Holder = z.infer<typeof holderShape>;

/**
 * Takes the lock, or takes it over from a process that is gone. The holder is named by pid and start time, so a lock that
 * outlived a crash is not taken for that of a newer process with the same pid (in a container the hub is always pid 1).
 * @param file the lock file
 * @throws PostgresStartError when a living process holds it
 */
export async function lockFolder(file: string): Promise<FolderLock> {
  const facts = await readProcessFacts(process.pid);
  const mine = JSON.stringify({ pid: process.pid, startedAt: facts?.startedAt ?? "" } satisfies Holder);
  while (!(await tryCreate(file, mine))) {
    const found = await readFile(file, "utf8").catch(() => undefined);
    const holder = found === undefined ? undefined : parseHolder(found);
    if (holder !== undefined && (await isAlive(holder))) {
      throw new PostgresStartError(
        `The data in ${file.replace(/[^/\\]*$/, "")} is in use by the process with pid ${holder.pid}: stop it, or set HUB_DATA to another folder.`,
      );
    }
    if (found !== undefined) {
      await discardStale(file, found);
    }
  }
  return {
    async release() {
      await rm(file, { force: true });
    },
  };
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

async function isAlive(holder: Holder): Promise<boolean> {
  const facts = await readProcessFacts(holder.pid);
  return facts !== undefined && !facts.isZombie && facts.startedAt === holder.startedAt;
}
