import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withConnection } from "./admin-connection";
import { ensureDatabase } from "./ensure-database";
import { findFreePort } from "./free-port";
import { type PostgresServer, startPostgres } from "./postgres-server";
import { PostgresStartError } from "./postgres-start-error";

describe("startPostgres()", () => {
  let dataDir: string;
  let running: PostgresServer[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "hub-postgres-"));
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(port?: number): Promise<PostgresServer> {
    const server = await startPostgres({ dataDir, port, durable: false, log: () => undefined });
    running.push(server);
    return server;
  }

  async function query(server: PostgresServer, sql: string, database = "postgres"): Promise<unknown[]> {
    return withConnection(server.connectionUrl(database), async (client) => (await client.query(sql)).rows);
  }

  it("keeps databases and rows over a stop and a start", async () => {
    const first = await start();
    await ensureDatabase(first, "needs");
    await query(first, "CREATE TABLE mark AS SELECT 42 AS id", "needs");
    await first.stop();
    expect(await first.exited).toEqual({ reason: "stopped" });
    await expect(query(first, "SELECT 1")).rejects.toThrow("ECONNREFUSED");

    const second = await start();
    await ensureDatabase(second, "needs");
    expect(await query(second, "SELECT id FROM mark", "needs")).toEqual([{ id: 42 }]);
  });

  it("gives the folder to one of two that start at the same time", async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  });

  it("makes the cluster again when an earlier attempt was cut short", async () => {
    await mkdir(join(dataDir, "postgres-18.init-0badcafe", "global"), { recursive: true });
    await writeFile(join(dataDir, "postgres-18.init-0badcafe", "PG_VERSION"), "18\n");
    await writeFile(join(dataDir, "postgres-18.password"), "");
    const server = await start();
    expect(await query(server, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).toEqual([
      "postgres-18",
      "postgres-18.log",
      "postgres-18.password",
      "postgres.lock.1",
    ]);
  });

  it("leaves a folder alone that holds something else", async () => {
    await mkdir(join(dataDir, "postgres-18"));
    await writeFile(join(dataDir, "postgres-18", "diary.txt"), "mine");
    await expect(start()).rejects.toThrow("holds something that is not a PostgreSQL cluster");
    expect(await readFile(join(dataDir, "postgres-18", "diary.txt"), "utf8")).toBe("mine");
  });

  it("says in one sentence that the port is taken, and frees the folder", async () => {
    const port = await findFreePort();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
    const failure = start(port);
    await expect(failure).rejects.toBeInstanceOf(PostgresStartError);
    await expect(failure).rejects.toThrow(/TCP\/IP sockets.*its log is .*postgres-18\.log\.$/);
    await new Promise((resolve) => squatter.close(resolve));
    expect((await start(port)).port).toBe(port);
  });

  it("points to the missing password file", async () => {
    await (await start()).stop();
    await rm(join(dataDir, "postgres-18.password"));
    await expect(start()).rejects.toThrow("postgres-18.password: restore that file");
  });

  it("points to a password file of another cluster", async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, "postgres-18.password"), "another\n");
    await expect(start()).rejects.toThrow("does not accept the password");
    expect(await readdir(join(dataDir, "postgres-18"))).not.toContain("postmaster.pid");
  });
});
