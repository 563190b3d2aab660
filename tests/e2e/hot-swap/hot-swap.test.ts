import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Program, startProgram } from "../../kit/program";
import { ask, serveVersions, type Version, type VersionedGraph } from "./versioned-graph";
import { VersionedLoad } from "./versioned-load";

const SWAPS = 200;

// Most of it is starting a planner for each schema: half a minute on a quiet machine, many times that on a busy one.
jest.setTimeout(900_000);

let folder: string;
let path: string;
let graph: VersionedGraph;
let gateway: Program | undefined;
let load: VersionedLoad | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hot-swap-"));
  path = join(folder, "supergraph.graphql");
  graph = await serveVersions();
});
afterEach(async () => {
  await load?.end();
  load = undefined;
  await gateway?.kill();
  gateway = undefined;
});
afterAll(async () => {
  await graph.close();
  rmSync(folder, { recursive: true });
});

async function start(env: Record<string, string>): Promise<{ program: Program; url: string }> {
  graph.deploy(path, 1);
  gateway = startProgram({
    program: "gateway/dist/main.js",
    args: ["--supergraph", path, "--open", "--port", "0"],
    env,
  });
  const [, url = ""] = await gateway.waitFor(/"url":"([^"]+)"/);
  return { program: gateway, url };
}

const countOf = (program: Program, text: string) => program.stdout().split(text).length - 1;

async function waitForSchema(program: Program, url: string, schemaId: string): Promise<void> {
  for (;;) {
    const ready = await fetch(new URL("/ready", url));
    if (((await ready.json()) as { schemaId?: string }).schemaId === schemaId) {
      return;
    }
    expect(program.child.exitCode).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Until it is logged once more. */
async function waitForNext(program: Program, text: string, before: number): Promise<void> {
  while (countOf(program, text) === before) {
    expect(program.child.exitCode).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe("a gateway whose supergraph changes", () => {
  it(`answers every request right through ${SWAPS} changes`, async () => {
    const { program, url } = await start({ SCHEMA_POLL_MS: "10", LOG_LEVEL: "info" });
    load = new VersionedLoad(url, 1, 4);
    for (let swap = 0; swap < SWAPS; swap += 1) {
      const version: Version = swap % 2 === 0 ? 2 : 1;
      load.allow(1, 2);
      graph.deploy(path, version);
      await waitForSchema(program, url, graph.schemaIds[version]);
      load.allow(version);
    }
    await load.end();
    expect(load.wrong).toEqual([]);
    expect(load.answers).toBeGreaterThan(SWAPS);
    expect(await program.stop()).toBe(0);
    expect(program.stderr()).toBe("");
    expect(countOf(program, "a new schema is served")).toBe(SWAPS);
    expect(program.stdout()).toMatch(/"warmedOperations":[1-9]/);
  });

  it("keeps the old schema when the new one is wrong, says so, and takes the next one at SIGHUP", async () => {
    const { program, url } = await start({ SCHEMA_POLL_MS: "0" });
    const before = await ask(url, "{ version }");
    for (const [content, reason] of [
      ["type Query {", /is not GraphQL/],
      ["type Query { a: Int }", /is not a supergraph/],
      ["", /is not GraphQL/],
    ] as const) {
      writeFileSync(path, content);
      const problems = countOf(program, "no new schema");
      program.child.kill("SIGHUP");
      await waitForNext(program, "no new schema", problems);
      expect(program.stdout()).toMatch(reason);
      expect(await ask(url, "{ version }")).toEqual(before);
    }
    graph.deploy(path, 2);
    program.child.kill("SIGHUP");
    await program.waitFor(/a new schema is served/);
    expect(await ask(url, "{ version }")).toEqual({ data: { version: 2 } });
    expect(await program.stop()).toBe(0);
  });

  it("answers a request that is under way by the schema that it was asked of, wherever the subgraph is now", async () => {
    const { program, url } = await start({ SCHEMA_POLL_MS: "10" });
    const slow = ask(url, "{ wait only1 }");
    while (graph.waiting.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    graph.deploy(path, 2);
    await waitForSchema(program, url, graph.schemaIds[2]);
    expect(await ask(url, "{ version only2 }")).toEqual({ data: { version: 2, only2: 2 } });
    graph.waiting.pop()?.();
    expect(await slow).toEqual({ data: { wait: 1, only1: 1 } });
    expect(await program.stop()).toBe(0);
    expect(program.stdout()).not.toContain('"unfinished":1');
  });
});
