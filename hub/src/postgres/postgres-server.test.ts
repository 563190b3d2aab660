import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withConnection } from "./admin-connection";
import { ensureDatabase } from "./ensure-database";
import { type PostgresServer, startPostgres } from "./postgres-server";

let dataDir: string;
let server: PostgresServer;
const lines: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "hub-postgres-"));
  server = await startPostgres({ dataDir, durable: false, log: (line) => lines.push(line) });
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function query(sql: string, database = "postgres"): Promise<unknown[]> {
  return withConnection(server.connectionUrl(database), async (client) => (await client.query(sql)).rows);
}

describe("startPostgres()", () => {
  it("makes UTF-8 databases with checksums, open to passwords on 127.0.0.1 only", async () => {
    expect(server.port).toBeLessThan(32_768);
    const [facts] = await query(
      `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
              current_setting('data_checksums') AS checksums, current_setting('password_encryption') AS encryption,
              current_setting('server_encoding') AS encoding, (SELECT datlocale FROM pg_database WHERE datname = 'template0') AS locale,
              (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules) AS methods`,
    );
    expect(facts).toEqual({
      addresses: "127.0.0.1",
      sockets: "",
      checksums: "on",
      encryption: "scram-sha-256",
      encoding: "UTF8",
      locale: "C.UTF-8",
      methods: "scram-sha-256",
    });
    const wrong = new URL(server.connectionUrl("postgres"));
    wrong.password = "guess";
    await expect(withConnection(wrong.href, async () => undefined)).rejects.toMatchObject({ code: "28P01" });
  });

  it("keeps the password in a file of its own that only the server may read", async () => {
    const { password } = new URL(server.connectionUrl("postgres"));
    const passwordFile = join(dataDir, "postgres-18.password");
    expect((await readFile(passwordFile, "utf8")).trim()).toBe(password);
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, "postgres-18"))).mode & 0o777).toBe(0o700);
    const told = [...lines, await readFile(join(dataDir, "postgres-18.log"), "utf8")].join("\n");
    expect(told).toContain("ready");
    expect(told).not.toContain(password);
    expect(await readFile(join(dataDir, "postgres-18", "postmaster.opts"), "utf8")).not.toContain(password);
  });

  it("writes neither statements nor values of rows to the log", async () => {
    await query("CREATE TABLE household (name text CONSTRAINT household_name_unique UNIQUE)");
    await query("INSERT INTO household VALUES ('Zhang-San')");
    await expect(query("INSERT INTO household VALUES ('Zhang-San')")).rejects.toMatchObject({ code: "23505" });
    const log = await readFile(join(dataDir, "postgres-18.log"), "utf8");
    expect(log).toContain("household_name_unique");
    expect(log).not.toContain("Zhang-San");
  });

  it("refuses a folder that is in use and names the process", async () => {
    await expect(startPostgres({ dataDir, durable: false, log: () => undefined })).rejects.toThrow(
      `is in use by the process with pid ${process.pid}`,
    );
    expect(await query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("ensureDatabase()", () => {
  it("creates a database once for callers that ask together, whatever its name", async () => {
    const name = `odd "name" 名`;
    await Promise.all([1, 2, 3, 4].map(() => ensureDatabase(server, name)));
    expect(await query("SELECT current_database() AS name", name)).toEqual([{ name }]);
  });
});
