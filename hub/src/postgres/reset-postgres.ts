import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { findBinaryPackage, prepareBinaries } from "./binaries";
import { cacheFoldersFor } from "./binary-cache";
import { clusterFilesIn } from "./cluster";
import { lockFolder } from "./folder-lock";
import { clearLeftoverPostmaster } from "./leftover-postmaster";
import type { PostgresOptions } from "./postgres-server";
import { chooseServerAccount } from "./server-account";

/**
 * Removes all databases of a data folder, with password and log, even when they are too broken to start. A server that a killed
 * hub left behind is ended first. Does not ask: the caller has.
 * @throws PostgresStartError when a living hub uses the folder
 */
export async function resetPostgres(options: Pick<PostgresOptions, "dataDir" | "log">): Promise<void> {
  const dataDir = resolve(options.dataDir);
  if (!existsSync(dataDir)) {
    return;
  }
  const lock = await lockFolder(dataDir);
  try {
    const source = await findBinaryPackage();
    const { clusterDir, passwordFile, logFile } = clusterFilesIn(dataDir, source.major);
    const binaries = await prepareBinaries(source, cacheFoldersFor(dataDir), chooseServerAccount(clusterDir));
    const password = (await readFile(passwordFile, "utf8").catch(() => "")).trim();
    await clearLeftoverPostmaster({ clusterDir, binaries, password }, options.log);
    // The password goes last: with it, a removal that was cut short still looks like a cluster that can be reset.
    for (const path of [clusterDir, logFile, `${logFile}.1`, passwordFile]) {
      await rm(path, { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
}
