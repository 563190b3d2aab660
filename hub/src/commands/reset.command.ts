import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { readHubEnvironment } from "../env";
import { lockFolder } from "../postgres/folder-lock";
import { confirm, isInteractive, say } from "./terminal";

/** What the launcher makes in the data folder; whatever else lies there is not ours to remove. */
const OWN_ENTRY = /^postgres-\d+(?:\.|$)/;

/** `hub reset`: removes the hub's own database, after asking. */
export async function resetHub(choice: { readonly yes: boolean }): Promise<void> {
  const environment = readHubEnvironment();
  if (environment.DATABASE_URL !== undefined) {
    throw new StartError(
      "DATABASE_URL names a server of your own: drop its databases organizations, needs, projects and funds there.",
    );
  }
  const dataDir = resolve(environment.HUB_DATA);
  if (!existsSync(dataDir)) {
    say(`There is no data at ${dataDir}: nothing to reset.`);
    return;
  }
  if (!choice.yes && !(await askFor(dataDir))) {
    say("Nothing was removed.");
    return;
  }
  // A running hub holds the lock: its data is not taken away under it.
  const lock = await lockFolder(dataDir);
  try {
    const entries = (await readdir(dataDir)).filter((name) => OWN_ENTRY.test(name));
    for (const name of entries) {
      await rm(join(dataDir, name), { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
  say(`The data at ${dataDir} was removed. The next start begins anew.`);
}

function askFor(dataDir: string): Promise<boolean> {
  if (!isInteractive()) {
    throw new StartError(
      `This removes all data at ${dataDir}. Nobody is here to ask: repeat with --yes if that is meant.`,
    );
  }
  return confirm(`Remove all data at ${dataDir}?`);
}
