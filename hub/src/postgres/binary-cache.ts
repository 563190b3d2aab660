import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, constants, copyFile, lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BinaryPackage } from "./binaries";
import { errorCodeOf } from "./error-code";
import { canEnter, type ServerAccount } from "./server-account";

/** Where a copy of the programs may lie, the most durable place first. */
export function cacheFoldersFor(dataDir: string): string[] {
  const uid = process.getuid?.();
  return [
    join(dataDir, "postgres-binaries"),
    ...(uid === 0 ? ["/var/cache/alliance-hub"] : []),
    join(tmpdir(), `alliance-hub-${uid ?? "cache"}`),
  ];
}

/**
 * A copy of the package's programs, made once for each version.
 * @param complete adds what the package left out, before the copy gets its name
 * @returns the folder that corresponds to the package's `native`
 * @throws Error when the folder is not ours or the account could not enter it
 */
export async function copyBinaries(
  source: BinaryPackage,
  cacheDir: string,
  account: ServerAccount | undefined,
  complete: (native: string) => Promise<void>,
): Promise<string> {
  if (!canEnter(cacheDir, account)) {
    throw new Error(`${cacheDir} is closed to uid ${account?.uid}`);
  }
  await ensureOwnFolder(cacheDir);
  const copy = join(cacheDir, `postgres-${source.version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${randomBytes(6).toString("hex")}`;
    try {
      await copyTree(join(source.dir, "native"), unfinished);
      await complete(unfinished);
      await rename(unfinished, copy);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another hub finished the same copy first: use its.
      if (!existsSync(copy)) {
        throw error;
      }
    }
  }
  return copy;
}

/**
 * Refuses a folder that somebody else owns or may write: in a shared place such as /tmp another user could make it first and
 * plant programs that we would run.
 */
async function ensureOwnFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o755 });
    await chmod(folder, 0o755);
  } catch (error) {
    if (errorCodeOf(error) !== "EEXIST") {
      throw error;
    }
  }
  const found = await lstat(folder);
  const uid = process.getuid?.();
  if (!found.isDirectory() || (uid !== undefined && (found.uid !== uid || (found.mode & 0o022) !== 0))) {
    throw new Error(`${folder} belongs to another user or others may write to it`);
  }
}

/** Everything becomes readable for the server's account, whatever the umask of the checkout was. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      await copyTree(source, target);
    } else if (entry.isFile() && !entry.name.endsWith(".a")) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, 0o755);
    }
  }
}
