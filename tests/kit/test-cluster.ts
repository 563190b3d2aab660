import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PostgresServer, startPostgres } from "@alliance-hub/hub/postgres/postgres-server";

/** The PostgreSQL of one jest run. */
export interface TestCluster {
  /** Of the database `postgres`, with the right to create others. */
  readonly adminUrl: string;
  remove(): Promise<void>;
}

/** Folders of all runs of this user: a run that was killed is cleared by the next one. */
function clustersFolder(): string {
  return join(tmpdir(), `alliance-hub-test-clusters-${process.getuid?.() ?? "user"}`);
}

/** Starts a server on an empty folder, without the safety against power cuts that a test does not need. */
export async function startTestCluster(): Promise<TestCluster> {
  await mkdir(clustersFolder(), { recursive: true, mode: 0o755 });
  await removeAbandonedClusters();
  const dataDir = await mkdtemp(join(clustersFolder(), `${process.pid}-`));
  const server = await startPostgres({ dataDir, durable: false, log: () => undefined }).catch(
    async (error: unknown) => {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    },
  );
  return { adminUrl: server.connectionUrl("postgres"), remove: () => removeCluster(server, dataDir) };
}

async function removeCluster(server: PostgresServer, dataDir: string): Promise<void> {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/**
 * A killed run leaves its folder, and maybe its server, behind. Starting on the folder ends that server; a folder in use
 * refuses and is left alone.
 */
async function removeAbandonedClusters(): Promise<void> {
  for (const name of await readdir(clustersFolder())) {
    if (isRunning(Number.parseInt(name, 10))) {
      continue;
    }
    const dataDir = join(clustersFolder(), name);
    try {
      const files = await readdir(dataDir, { recursive: true });
      if (files.some((file) => file.endsWith("postmaster.pid"))) {
        const server = await startPostgres({ dataDir, durable: false, log: () => undefined });
        await server.stop();
      }
      await rm(dataDir, { recursive: true, force: true });
    } catch {
      // In use after all, or too broken to start: it does not hinder this run.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
