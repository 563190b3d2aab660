import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "@alliance-hub/tests/kit/free-port";
import { federationSdl, type ListeningServer, serveFederationSubgraph } from "@alliance-hub/tests/kit/subgraph-server";

const ROOT = join(__dirname, "../..");
const TYPE_DEFS = "type Query { balance: Int wait: Int }";

interface GatewayProcess {
  readonly child: ChildProcess;
  output(): { readonly stdout: string; readonly stderr: string };
  readonly exitCode: Promise<number | null>;
}

let folder: string;
let subgraph: ListeningServer;
let finishWaiting: (() => void) | undefined;
let running: GatewayProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gateway-main-"));
  const wait = () =>
    new Promise<number>((resolve) => {
      finishWaiting = () => resolve(1);
    });
  subgraph = await serveFederationSubgraph(TYPE_DEFS, { Query: { balance: () => 7, wait } });
});
afterEach(async () => {
  running?.child.kill("SIGKILL");
  await running?.exitCode;
  running = undefined;
});
afterAll(async () => {
  await subgraph.close();
  rmSync(folder, { recursive: true });
});

/** The gateway from its sources, with nothing of the test's environment but what is given. */
function run(args: readonly string[], env: Record<string, string> = {}): GatewayProcess {
  const loader = join(ROOT, "tests/kit/load-typescript.cjs");
  const child = spawn(process.execPath, ["--require", loader, join(__dirname, "main.ts"), ...args], {
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  running = { child, output: () => output, exitCode: once(child, "close").then(([code]) => code) };
  return running;
}

async function waitForLine(gateway: GatewayProcess, text: string): Promise<Record<string, unknown>> {
  for (;;) {
    const line = gateway
      .output()
      .stdout.split("\n")
      .find((one) => one.includes(text));
    if (line !== undefined) {
      return JSON.parse(line);
    }
    if (gateway.child.exitCode !== null) {
      throw new Error(`the gateway ended: ${gateway.output().stderr}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function writeSubgraphs(subgraphs: unknown): string {
  const path = join(folder, "subgraphs.json");
  writeFileSync(path, JSON.stringify(subgraphs));
  return path;
}

async function runOpen(): Promise<{ gateway: GatewayProcess; url: string }> {
  const path = writeSubgraphs([{ name: "funds", url: subgraph.url }]);
  const gateway = run(["--subgraphs", path, "--open", "--port", String(await findFreePort())]);
  const { url } = await waitForLine(gateway, '"listening"');
  return { gateway, url: String(url) };
}

function ask(url: string, query: string): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
}

/** What is said is a sentence for the operator, not a stack. */
async function expectRefusal(gateway: GatewayProcess, sentence: RegExp): Promise<void> {
  expect(await gateway.exitCode).toBe(1);
  const { stderr } = gateway.output();
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/^\s+at /m);
}

describe("gateway process", () => {
  it("serves, finishes what runs on SIGTERM, and exits 0", async () => {
    const { gateway, url } = await runOpen();
    expect(await (await ask(url, "{ balance }")).json()).toEqual({ data: { balance: 7 } });
    const answer = ask(url, "{ wait }");
    while (finishWaiting === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    gateway.child.kill("SIGTERM");
    await waitForLine(gateway, "shutting down");
    finishWaiting();
    expect(await (await answer).json()).toEqual({ data: { wait: 1 } });
    expect(await gateway.exitCode).toBe(0);
    expect(gateway.output().stderr).toBe("");
    for (const line of gateway.output().stdout.trim().split("\n")) {
      expect(JSON.parse(line)).toMatchObject({ service: "gateway", level: expect.any(String) });
    }
  });

  it("composes and serves the four subgraphs that the environment names", async () => {
    const names = ["organizations", "needs", "projects", "funds"];
    const servers = await Promise.all(
      names.map((name) =>
        serveFederationSubgraph(`type Query { ${name}: Int }`, { Query: { [name]: () => name.length } }),
      ),
    );
    try {
      const addresses = names.map((name, at) => [`SUBGRAPH_${name.toUpperCase()}_URL`, servers[at]?.url ?? ""]);
      const gateway = run([], { ...Object.fromEntries(addresses), PORT: String(await findFreePort()) });
      const { url } = await waitForLine(gateway, '"listening"');
      const answer = await ask(String(url), "{ organizations needs projects funds }");
      expect(await answer.json()).toEqual({ data: { organizations: 13, needs: 5, projects: 8, funds: 5 } });
      const page = await fetch(new URL("/", String(url)), { headers: { accept: "text/html" } });
      expect(await page.text()).toContain("<title>Alliance Hub</title>");
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  });

  it("ends at once at the second signal", async () => {
    const { gateway, url } = await runOpen();
    finishWaiting = undefined;
    const answer = ask(url, "{ wait }").catch(() => "cut off");
    while (finishWaiting === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    gateway.child.kill("SIGINT");
    await waitForLine(gateway, "shutting down");
    gateway.child.kill("SIGINT");
    expect(await gateway.exitCode).not.toBe(0);
    expect(await answer).toBe("cut off");
  });

  it("exits 0 when it is stopped while it waits for a subgraph", async () => {
    const path = writeSubgraphs([{ name: "late", url: `http://127.0.0.1:${await findFreePort()}/graphql` }]);
    const gateway = run(["--subgraphs", path, "--open"]);
    await waitForLine(gateway, "waiting for a subgraph");
    gateway.child.kill("SIGTERM");
    expect(await gateway.exitCode).toBe(0);
  });

  it("prints its usage", async () => {
    const gateway = run(["--help"]);
    expect(await gateway.exitCode).toBe(0);
    expect(gateway.output().stdout).toContain("--supergraph FILE");
  });

  it("names every wrong or missing variable and exits 1", async () => {
    const gateway = run([], { PORT: "eighty", SUBGRAPH_NEEDS_URL: "http://127.0.0.1:1" });
    await expectRefusal(gateway, /PORT is not accepted/);
    for (const name of ["ORGANIZATIONS", "PROJECTS", "FUNDS"]) {
      expect(gateway.output().stderr).toContain(`SUBGRAPH_${name}_URL is missing`);
    }
  });

  it.each<[string, readonly string[], RegExp]>([
    ["an unknown option", ["--prot", "1"], /--help lists the options/],
    ["a graph without identities that is not open", ["--supergraph", "x"], /Say --open/],
    ["a file that is not there", ["--supergraph", "/missing.graphql", "--open"], /\/missing\.graphql cannot be read/],
  ])("refuses %s and exits 1", async (_what, args, sentence) => {
    await expectRefusal(run(args), sentence);
  });

  it("says that the planner has no binary for this machine, and exits 1", async () => {
    const withoutBinary = join(folder, "without-binary.cjs");
    writeFileSync(
      withoutBinary,
      `const Module = require("node:module");
       const load = Module._load;
       Module._load = (name, ...rest) => {
         if (name === "@graphql-hive/router-query-planner") throw new Error("Cannot find native binding");
         return load(name, ...rest);
       };
       // The planner has a process of its own, which is given nothing of this one's environment.
       const children = require("node:child_process");
       const { fork } = children;
       children.fork = (file, args, options) => fork(file, args, { ...options, execArgv: ["--require", __filename] });`,
    );
    const path = writeSubgraphs([{ name: "funds", url: subgraph.url }]);
    const gateway = run(["--subgraphs", path, "--open"], { NODE_OPTIONS: `--require ${withoutBinary}` });
    await expectRefusal(gateway, /planner has no binary .*: run the gateway there/);
  });

  it("says that a port is in use, that a subgraph is silent, that a graph does not compose, and exits 1", async () => {
    const path = writeSubgraphs([{ name: "funds", url: subgraph.url }]);
    const { port } = new URL(subgraph.url);
    await expectRefusal(run(["--subgraphs", path, "--open", "--port", port]), new RegExp(`Port ${port} is in use`));
    const silent = writeSubgraphs([{ name: "late", url: `http://127.0.0.1:${await findFreePort()}/graphql` }]);
    await expectRefusal(run(["--subgraphs", silent, "--open"], { STARTUP_TIMEOUT_MS: "0" }), /late does not answer/);
    const conflict = ["one", "two"].map((name) => ({
      name,
      url: "http://127.0.0.1:1",
      sdl: federationSdl("type Query { a: Int } type A { x: Int }"),
    }));
    await expectRefusal(run(["--subgraphs", writeSubgraphs(conflict), "--open"]), /INVALID_FIELD_SHARING/);
  });
});
