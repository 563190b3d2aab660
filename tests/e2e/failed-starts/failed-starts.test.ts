import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../kit/free-port";
import { type ProgramOptions, startProgram } from "../../kit/program";
import { createTestDatabase } from "../../kit/test-database";

const HUB = "hub/dist/main.js";
const GATEWAY = "gateway/dist/main.js";
const NEEDS = "subgraphs/needs/dist/main.js";

interface Failure {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs a program that must end by itself; whatever it started is gone with it, or the test would not end. */
async function runToFailure(options: ProgramOptions): Promise<Failure> {
  const program = startProgram(options);
  const code = await program.ended;
  return { code, stderr: program.stderr() };
}

function expectOneClearMessage({ code, stderr }: Failure, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}

jest.setTimeout(120_000);

describe("a process that cannot start", () => {
  let folder: string;
  let blocker: Server;
  let takenPort: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "failed-starts-"));
    const port = await findFreePort();
    takenPort = String(port);
    blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(port, "127.0.0.1", resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => blocker.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  it("names every wrong variable of the hub at once", async () => {
    const env = {
      PORT: "many",
      LOG_LEVEL: "loud",
      NEEDS_DATABASE_URL: "mysql://root:hunter2@db/x",
      CORS_ORIGINS: "partner.example",
    };
    const failure = await runToFailure({ program: HUB, args: ["start"], env });
    expectOneClearMessage(
      failure,
      /PORT is not accepted[\s\S]*NEEDS_DATABASE_URL is not accepted: the address[\s\S]*LOG_LEVEL is not accepted[\s\S]*CORS_ORIGINS is not accepted/,
    );
    expect(failure.stderr).not.toContain("hunter2");
  });

  it("asks for all databases of the operator's own, or none", async () => {
    const env = { NEEDS_DATABASE_URL: "postgres://hub:hunter2@127.0.0.1:1/needs" };
    const failure = await runToFailure({ program: HUB, args: ["start"], env });
    expectOneClearMessage(failure, /set ORGANIZATIONS_DATABASE_URL, PROJECTS_DATABASE_URL, FUNDS_DATABASE_URL too/);
  });

  it("names every missing variable of a subgraph and of the gateway", async () => {
    expectOneClearMessage(await runToFailure({ program: NEEDS }), /DATABASE_URL is missing/);
    const gateway = await runToFailure({ program: GATEWAY });
    expectOneClearMessage(
      gateway,
      /SUBGRAPH_ORGANIZATIONS_URL[\s\S]*SUBGRAPH_NEEDS_URL[\s\S]*SUBGRAPH_PROJECTS_URL[\s\S]*SUBGRAPH_FUNDS_URL/,
    );
  });

  it("says that the hub's port is in use, and leaves no database running", async () => {
    const env = { PORT: takenPort, HUB_DATA: join(folder, "in-use"), LOG_LEVEL: "silent" };
    const first = await runToFailure({ program: HUB, args: ["start"], env });
    expectOneClearMessage(first, new RegExp(`Port ${takenPort} is in use`));
    // The data folder is free again: the next start gets as far as the first.
    expectOneClearMessage(await runToFailure({ program: HUB, args: ["start"], env }), /is in use/);
  });

  it("says that the hub's address is not one of this machine, and leaves no database running", async () => {
    // An address for documentation (RFC 5737): no machine has it.
    const env = { HOST: "192.0.2.1", PORT: "0", HUB_DATA: join(folder, "elsewhere"), LOG_LEVEL: "silent" };
    const failure = await runToFailure({ program: HUB, args: ["start"], env });
    expectOneClearMessage(failure, /192\.0\.2\.1 is not an address of this machine\. Correct HOST/);
  });

  it("says that a subgraph's port is in use", async () => {
    const database = await createTestDatabase("failed_starts");
    const env = { PORT: takenPort, DATABASE_URL: database.url, LOG_LEVEL: "silent" };
    expectOneClearMessage(await runToFailure({ program: NEEDS, env }), new RegExp(`Port ${takenPort} is in use`));
    await database.drop();
  });

  it("says that a database does not answer", async () => {
    const port = await findFreePort();
    const url = `postgres://hub:hunter2@127.0.0.1:${port}/needs`;
    const own = Object.fromEntries(
      ["ORGANIZATIONS", "NEEDS", "PROJECTS", "FUNDS"].map((name) => [`${name}_DATABASE_URL`, url]),
    );
    const env = { ...own, DATABASE_URL: url, LOG_LEVEL: "silent" };
    for (const program of [NEEDS, HUB]) {
      const args = program === HUB ? ["start"] : [];
      const failure = await runToFailure({ program, args, env: { ...env, PORT: String(await findFreePort()) } });
      expectOneClearMessage(failure, new RegExp(`127\\.0\\.0\\.1:${port}.*does not answer`));
      expect(failure.stderr).not.toContain("hunter2");
    }
  });

  it("prints why subgraphs do not compose", async () => {
    const file = join(folder, "subgraphs.json");
    writeFileSync(
      file,
      JSON.stringify([
        { name: "one", url: "http://127.0.0.1:1", sdl: "type Query { a: Int }" },
        { name: "two", url: "http://127.0.0.1:2", sdl: "type Query { a: String }" },
      ]),
    );
    const port = String(await findFreePort());
    const gateway = await runToFailure({ program: GATEWAY, args: ["--subgraphs", file, "--open", "--port", port] });
    expectOneClearMessage(gateway, /Query\.a/);
    expectOneClearMessage(await runToFailure({ program: HUB, args: ["compose", "--subgraphs", file] }), /Query\.a/);
    const json = startProgram({ program: HUB, args: ["compose", "--subgraphs", file, "--json"] });
    expect(await json.ended).toBe(1);
    expect(JSON.parse(json.stdout()).errors[0]).toMatchObject({ message: expect.stringContaining("Query.a") });
  });

  it("says which schema is missing in a file that is to be composed", async () => {
    const file = join(folder, "addresses.json");
    writeFileSync(file, JSON.stringify([{ name: "one", url: "http://127.0.0.1:1" }]));
    const failure = await runToFailure({ program: HUB, args: ["compose", "--subgraphs", file] });
    expectOneClearMessage(failure, /each "sdl" stands in the file\.\n {2}- \[0\]\.sdl: /);
  });

  it("refuses to serve a graph without identities unless that is said", async () => {
    const file = join(folder, "one.json");
    writeFileSync(file, JSON.stringify([{ name: "one", url: "http://127.0.0.1:1", sdl: "type Query { a: Int }" }]));
    expectOneClearMessage(await runToFailure({ program: GATEWAY, args: ["--subgraphs", file] }), /--open/);
  });

  it("refuses the open demo in production", async () => {
    const env = { NODE_ENV: "production", HUB_DATA: join(folder, "production") };
    expectOneClearMessage(
      await runToFailure({ program: HUB, args: ["start"], env }),
      /refused with NODE_ENV=production/,
    );
    const subgraph = { DATABASE_URL: "postgres://a:b@127.0.0.1:1/c", OPEN_DEMO: "true", NODE_ENV: "production" };
    expectOneClearMessage(await runToFailure({ program: NEEDS, env: subgraph }), /refused with NODE_ENV=production/);
  });

  it("does not remove data without being told to", async () => {
    const env = { HUB_DATA: folder };
    expectOneClearMessage(await runToFailure({ program: HUB, args: ["reset"], env }), /--yes/);
  });
});
