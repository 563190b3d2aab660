import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, lchown, lstat, mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { PostgresBinaries } from "./binaries";
import { PostgresStartError } from "./postgres-start-error";
import { runBinary, spawnOptionsFor } from "./run-binary";
import { folderForChild, type ServerAccount } from "./server-account";

/** The cluster's superuser; every database of the hub is reached through it. */
export const SUPERUSER = "hub";

/** A cluster and what belongs to it, side by side in the data folder. */
export interface ClusterFiles {
  /** PostgreSQL's own folder. */
  readonly clusterDir: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

/** The major version is in the names: a newer PostgreSQL starts its own cluster instead of failing on the old one. */
export function clusterFilesIn(dataDir: string, major: number): ClusterFiles {
  const clusterDir = join(dataDir, `postgres-${major}`);
  return { clusterDir, passwordFile: `${clusterDir}.password`, logFile: `${clusterDir}.log` };
}

/**
 * Makes the cluster if there is none, and returns its password. The caller holds the folder's lock.
 * @throws PostgresStartError
 */
export async function prepareCluster(
  files: ClusterFiles,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  isDurable: boolean,
): Promise<string> {
  await removeUnfinishedClusters(files.clusterDir);
  if (await isCluster(files.clusterDir)) {
    await adoptOwnership(files.clusterDir, account);
    return readPassword(files);
  }
  const password = await writeNewPassword(files.passwordFile, account);
  await initializeCluster(files, binaries, account, isDurable);
  return password;
}

/**
 * A cluster gets its name when it is finished. Until then it has a name that no other start uses: an initdb that outlived its
 * hub may still write to its folder, and empties it when it fails.
 */
function unfinishedPrefix(clusterDir: string): string {
  return `${basename(clusterDir)}.init-`;
}

async function removeUnfinishedClusters(clusterDir: string): Promise<void> {
  for (const name of await readdir(dirname(clusterDir))) {
    if (name.startsWith(unfinishedPrefix(clusterDir))) {
      // What cannot be removed now, because an initdb still writes to it, is in nobody's way and goes with the next start.
      await rm(join(dirname(clusterDir), name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

async function isCluster(clusterDir: string): Promise<boolean> {
  const entries = await readdir(clusterDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return undefined;
    }
    throw new PostgresStartError(
      `The database folder ${clusterDir} cannot be read (${error.code}): start the hub as the user who made it.`,
    );
  });
  if (entries === undefined) {
    return false;
  }
  if (entries.length === 0) {
    await rmdir(clusterDir);
    return false;
  }
  if (!entries.includes("PG_VERSION") || !existsSync(join(clusterDir, "global", "pg_control"))) {
    throw new PostgresStartError(
      `The folder ${clusterDir} holds something that is not a PostgreSQL cluster: move it away, and the hub makes a new one.`,
    );
  }
  return true;
}

/** A cluster that root copied back from a backup belongs to root, and PostgreSQL would refuse it. */
async function adoptOwnership(path: string, account: ServerAccount | undefined): Promise<void> {
  if (account === undefined || (await lstat(path)).uid === account.uid) {
    return;
  }
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    await lchown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  await lchown(path, account.uid, account.gid);
  await chmod(path, 0o700);
}

async function readPassword({ clusterDir, passwordFile }: ClusterFiles): Promise<string> {
  const password = (await readFile(passwordFile, "utf8").catch(() => "")).trim();
  if (password === "") {
    throw new PostgresStartError(
      `The password of the cluster ${clusterDir} cannot be read from ${passwordFile}: restore that file, or start over with "hub reset".`,
    );
  }
  return password;
}

async function writeNewPassword(file: string, account: ServerAccount | undefined): Promise<string> {
  const password = randomBytes(24).toString("base64url");
  await rm(file, { force: true });
  await writeFile(file, `${password}\n`, { flag: "wx", mode: 0o600 });
  if (account !== undefined) {
    // initdb opens it under the server's account.
    await lchown(file, account.uid, account.gid);
  }
  return password;
}

async function initializeCluster(
  files: ClusterFiles,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  isDurable: boolean,
): Promise<void> {
  const unfinishedDir = join(
    dirname(files.clusterDir),
    `${unfinishedPrefix(files.clusterDir)}${randomBytes(4).toString("hex")}`,
  );
  await mkdir(unfinishedDir, { mode: 0o700 });
  if (account !== undefined) {
    await lchown(unfinishedDir, account.uid, account.gid);
  }
  const folder = folderForChild(unfinishedDir, account);
  const passwordHandle = await open(files.passwordFile, "r");
  try {
    // A file that is handed over open can be opened again by its /proc name, whatever folders it lies in.
    const passwordPath = folder.path === unfinishedDir ? files.passwordFile : "/proc/self/fd/0";
    const args = [
      `--pgdata=${folder.path}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordPath}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--no-instructions",
      ...(isDurable ? [] : ["--no-sync"]),
    ];
    const result = await runBinary(binaries.initdb, args, {
      ...spawnOptionsFor(account, folder.cwd),
      stdinFd: passwordHandle.fd,
    });
    if (!result.ok) {
      throw new PostgresStartError(
        `The database in ${files.clusterDir} could not be made (${findReason(result.output)}): set HUB_DATA to another folder, or the four *_DATABASE_URL to databases of your own.`,
      );
    }
    await rename(unfinishedDir, files.clusterDir);
  } finally {
    await passwordHandle.close();
    await rm(unfinishedDir, { recursive: true, force: true });
  }
  if (isDurable && process.platform !== "win32") {
    await syncFolder(dirname(files.clusterDir));
  }
}

/** The new name must outlive a power cut together with the data below it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

function findReason(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error:|fatal:|could not|cannot/i.test(line)) ?? lines[0] ?? "no output").trim();
}
