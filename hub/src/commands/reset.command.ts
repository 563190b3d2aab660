import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { hasOwnDatabases, readHubEnvironment } from "../env";
import { resetPostgres } from "../postgres/reset-postgres";
import { confirm, isInteractive, say } from "./terminal";

/** `hub reset`: removes the hub's own database, after asking. */
export async function resetHub(choice: { readonly yes: boolean }): Promise<void> {
  const environment = readHubEnvironment();
  if (hasOwnDatabases(environment)) {
    throw new StartError("The databases are your own (*_DATABASE_URL): empty them with the tools of your server.");
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
  await resetPostgres({ dataDir, log: say });
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
