import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../kit/free-port";
import { type Program, startProgram } from "../../kit/program";
import { ask, serveVersions, type VersionedGraph } from "../hot-swap/versioned-graph";

jest.setTimeout(180_000);

let folder: string;
let path: string;
let graph: VersionedGraph;
let gateway: Program | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "workers-"));
  path = join(folder, "supergraph.graphql");
  graph = await serveVersions();
});
afterEach(async () => {
  await gateway?.kill();
  gateway = undefined;
});
afterAll(async () => {
  await graph.close();
  rmSync(folder, { recursive: true });
});

function run(env: Record<string, string> = {}, port = "0"): Program {
  graph.deploy(path, 1);
  gateway = startProgram({
    program: "gateway/dist/main.js",
    args: ["--supergraph", path, "--open", "--port", port],
    env: { WORKERS: "2", SCHEMA_POLL_MS: "50", ...env },
  });
  return gateway;
}

async function start(env: Record<string, string> = {}): Promise<{ program: Program; url: string }> {
  const program = run(env);
  const [, url = ""] = await program.waitFor(/"url":"([^"]+)".*"msg":"listening"/);
  return { program, url };
}

const linesOf = (program: Program) =>
  program
    .stdout()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const readyWorkers = (program: Program) => linesOf(program).filter(({ msg }) => msg === "a worker is ready");
const pidOf = (program: Program, worker: number) =>
  Number(readyWorkers(program).findLast((line) => line["worker"] === worker)?.["pid"]);

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended and was not waited for yet is no process any more.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** On a connection of its own, so that any worker may answer. */
async function askOnce(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(10_000),
  });
  return response.json();
}

describe("a gateway of two workers", () => {
  it("answers on one port, by both, with lines that are whole and say whose they are", async () => {
    const { program, url } = await start();
    expect(new Set(readyWorkers(program).map((line) => line["worker"]))).toEqual(new Set([1, 2]));
    for (const worker of [1, 2]) {
      expect(readFileSync(`/proc/${pidOf(program, worker)}/cmdline`, "utf8")).toContain("--max-semi-space-size=64");
    }
    const answers = await Promise.all(Array.from({ length: 40 }, () => askOnce(url, "{ version }")));
    expect(answers).toEqual(Array(40).fill({ data: { version: 1 } }));
    expect(await program.stop()).toBe(0);
    expect(program.stderr()).toBe("");
    const requests = linesOf(program).filter(({ msg }) => msg === "request");
    expect(requests).toHaveLength(40);
    expect(new Set(requests.map((line) => line["worker"]))).toEqual(new Set([1, 2]));
    expect([pidOf(program, 1), pidOf(program, 2)].filter(isRunning)).toEqual([]);
  });

  it("serves a new schema by both, and keeps the old one when the new one is wrong", async () => {
    const { program, url } = await start({ STATE_DIRECTORY: join(folder, "state") });
    graph.deploy(path, 2);
    await program.waitFor(/all workers serve a new schema/);
    const answers = await Promise.all(Array.from({ length: 20 }, () => askOnce(url, "{ version }")));
    expect(answers).toEqual(Array(20).fill({ data: { version: 2 } }));
    const switched = linesOf(program).filter(({ msg }) => msg === "a new schema is served");
    expect(new Set(switched.map((line) => line["worker"]))).toEqual(new Set([1, 2]));
    rmSync(path);
    await program.waitFor(/no new schema/);
    expect(await ask(url, "{ version }")).toEqual({ data: { version: 2 } });
    expect(readFileSync(join(folder, "state/last-known-good.json"), "utf8")).toContain("only2");
    expect(await program.stop()).toBe(0);
  });

  it("goes on with one when the other is killed, and starts another", async () => {
    const { program, url } = await start();
    const killed = pidOf(program, 1);
    process.kill(killed, "SIGKILL");
    let failures = 0;
    for (let asked = 0; asked < 20 || readyWorkers(program).length < 3; asked += 1) {
      const answer = await askOnce(url, "{ version }").catch(() => undefined);
      failures += answer === undefined ? 1 : 0;
      if (answer !== undefined) {
        expect(answer).toEqual({ data: { version: 1 } });
      }
    }
    // One connection may have been handed to the worker that was just killed.
    expect(failures).toBeLessThanOrEqual(1);
    expect(program.stdout()).toMatch(/"worker":1.*"how":"SIGKILL".*a worker has ended/);
    expect(pidOf(program, 1)).not.toBe(killed);
    process.kill(pidOf(program, 2), "SIGTERM");
    await until(() => readyWorkers(program).length === 4);
    expect(await askOnce(url, "{ version }")).toEqual({ data: { version: 1 } });
    expect(await program.stop()).toBe(0);
  });

  it("is answered by the schema of today by a worker that comes later", async () => {
    const { program, url } = await start();
    graph.deploy(path, 2);
    await program.waitFor(/all workers serve a new schema/);
    for (const worker of [1, 2]) {
      process.kill(pidOf(program, worker), "SIGKILL");
    }
    await until(() => readyWorkers(program).length === 4);
    const answers = await Promise.all(Array.from({ length: 20 }, () => askOnce(url, "{ version }")));
    expect(answers).toEqual(Array(20).fill({ data: { version: 2 } }));
    expect(await program.stop()).toBe(0);
  });

  it("leaves no worker behind when it is killed itself", async () => {
    const { program } = await start();
    const pids = [pidOf(program, 1), pidOf(program, 2)];
    expect(pids.filter(isRunning)).toEqual(pids);
    await program.kill();
    gateway = undefined;
    await until(() => pids.every((pid) => !isRunning(pid)));
  });

  it("says what is wrong with the port or the file once, and exits 1", async () => {
    const port = String(await findFreePort());
    const first = run({}, port);
    await first.waitFor(/"msg":"listening"/);
    const second = startProgram({
      program: "gateway/dist/main.js",
      args: ["--supergraph", path, "--open", "--port", port],
      env: { WORKERS: "2" },
    });
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toBe(`Port ${port} is in use. Stop the other program or choose another port with PORT.\n`);
    expect(await first.stop()).toBe(0);
    expect(existsSync(path)).toBe(true);
  });
});
