import { stat } from "node:fs/promises";
import { withConnection } from "./admin-connection";
import { PostgresStartError } from "./postgres-start-error";
import { connectionUrlFor, type PostmasterPlan, stopPostmaster } from "./postmaster";
import { disownPostmasterFile, type PostmasterFile, readPostmasterFile } from "./postmaster-file";
import { readProcessFacts } from "./process-facts";

/** What must be known of a cluster to end a postmaster that is not our child. */
type LeftoverPlan = Pick<PostmasterPlan, "clusterDir" | "password" | "binaries">;

/**
 * Clears what a hub that was killed left behind. The caller holds the folder's lock, so no living hub owns the postmaster.
 *
 * An orphan is shut down, not adopted: it runs with the settings of an older start, and its end could not be noticed because
 * it is not our child. A fast shutdown and a new start cost less than a second.
 * @throws PostgresStartError when a process sits on the cluster that cannot be told to be PostgreSQL
 */
export async function clearLeftoverPostmaster(plan: LeftoverPlan, log: (line: string) => void): Promise<void> {
  const file = await readPostmasterFile(plan.clusterDir);
  if (file === undefined || (await readProcessFacts(file.pid)) === undefined) {
    return;
  }
  switch (await identify(plan, file)) {
    case "ours":
      log(`PostgreSQL (pid ${file.pid}) was left running by a hub that ended abruptly; shutting it down.`);
      await stopPostmaster(file.pid, plan, () => hasEnded(file.pid));
      break;
    case "stranger":
      break;
    case "unknown":
      throw new PostgresStartError(
        `The process with pid ${file.pid} may be a PostgreSQL that uses ${plan.clusterDir} but does not answer: end it, or remove ${plan.clusterDir}/postmaster.pid if it is something else.`,
      );
  }
  // A stranger that got the pid, or a zombie that nobody reaps, would keep postgres from starting.
  if ((await readPostmasterFile(plan.clusterDir)) !== undefined) {
    await disownPostmasterFile(plan.clusterDir);
  }
}

/** A zombie has ended too: in a container without an init process nobody ever reaps an orphan. */
async function hasEnded(pid: number): Promise<boolean> {
  const facts = await readProcessFacts(pid);
  return facts === undefined || facts.isZombie;
}

/** Pids are reused: before a process is ended, it must be proven to be the postmaster of this very folder. */
async function identify(plan: LeftoverPlan, file: PostmasterFile): Promise<"ours" | "stranger" | "unknown"> {
  const facts = await readProcessFacts(file.pid);
  if (facts === undefined || facts.isZombie) {
    return "stranger";
  }
  const worksInCluster = await isWorkingIn(file.pid, plan.clusterDir);
  if (worksInCluster !== undefined) {
    return worksInCluster && facts.name.endsWith("postgres") ? "ours" : "stranger";
  }
  if (await answersAsPostmaster(plan, file)) {
    return "ours";
  }
  return facts.name === "" || facts.name.includes("postgres") ? "unknown" : "stranger";
}

/** A postmaster works in its data folder. Undefined where the system does not show it (not Linux; root without ptrace). */
async function isWorkingIn(pid: number, clusterDir: string): Promise<boolean | undefined> {
  try {
    const [cwd, cluster] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(clusterDir)]);
    return cwd.dev === cluster.dev && cwd.ino === cluster.ino;
  } catch {
    return undefined;
  }
}

/** A server that accepts our password and reads the same pid from its own data folder. */
async function answersAsPostmaster(plan: LeftoverPlan, file: PostmasterFile): Promise<boolean> {
  try {
    return await withConnection(connectionUrlFor(plan.password, file.port, "postgres"), async (client) => {
      const answer = await client.query<{ content: string }>("SELECT pg_read_file('postmaster.pid') AS content");
      return answer.rows[0]?.content.startsWith(`${file.pid}\n`) === true;
    });
  } catch {
    return false;
  }
}
