import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../kit/free-port";
import { type Program, startProgram } from "../../kit/program";
import { type ListeningServer, serveFederationSubgraph } from "../../kit/subgraph-server";
import { ask } from "./versioned-graph";

jest.setTimeout(180_000);

let folder: string;
let list: string;
let state: string;
let ports: { readonly needs: number; readonly funds: number };
const servers = new Map<string, ListeningServer>();
let gateway: Program | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "changing-subgraphs-"));
  list = join(folder, "subgraphs.json");
  state = join(folder, "state");
  ports = { needs: await findFreePort(), funds: await findFreePort() };
  writeFileSync(
    list,
    JSON.stringify(Object.entries(ports).map(([name, port]) => ({ name, url: `http://127.0.0.1:${port}/graphql` }))),
  );
});
afterEach(async () => {
  await gateway?.kill();
  gateway = undefined;
  await Promise.all([...servers.keys()].map(stop));
  rmSync(folder, { recursive: true });
});

async function serve(name: "needs" | "funds", typeDefs: string, value = 1): Promise<void> {
  await stop(name);
  const answer = () => value;
  const resolvers = { Query: { need: answer, title: answer, fund: answer } };
  // A resolver without a field would be refused.
  const used = Object.fromEntries(Object.entries(resolvers.Query).filter(([field]) => typeDefs.includes(field)));
  servers.set(name, await serveFederationSubgraph(typeDefs, { Query: used }, ports[name]));
}

async function stop(name: string): Promise<void> {
  await servers.get(name)?.close();
  servers.delete(name);
}

function run(env: Record<string, string> = {}): Program {
  gateway = startProgram({
    program: "gateway/dist/main.js",
    args: ["--subgraphs", list, "--open", "--port", "0"],
    env: { SCHEMA_POLL_MS: "50", STATE_DIRECTORY: state, ...env },
  });
  return gateway;
}

async function start(env: Record<string, string> = {}): Promise<{ program: Program; url: string }> {
  const program = run(env);
  const [, url = ""] = await program.waitFor(/"url":"([^"]+)".*"msg":"listening"/);
  return { program, url };
}

async function serveBoth(): Promise<void> {
  await serve("needs", "type Query { need: Int }");
  await serve("funds", "type Query { fund: Int }");
}

describe("a gateway whose subgraphs change", () => {
  it("serves what a subgraph tells anew, and not what does not compose", async () => {
    await serveBoth();
    const { program, url } = await start();
    expect(await ask(url, "{ need fund }")).toEqual({ data: { need: 1, fund: 1 } });

    await serve("needs", "type Query { need: Int title: Int }");
    await program.waitFor(/a new schema is served/);
    expect(await ask(url, "{ need title fund }")).toEqual({ data: { need: 1, title: 1, fund: 1 } });

    // Both have the field, and neither says that it may be shared.
    await serve("funds", "type Query { fund: Int title: Int }");
    await program.waitFor(/INVALID_FIELD_SHARING.*no new schema/);
    expect(await ask(url, "{ need title fund }")).toEqual({ data: { need: 1, title: 1, fund: 1 } });

    await stop("funds");
    await program.waitFor(/a subgraph does not tell its schema/);
    expect(await ask(url, "{ need }")).toEqual({ data: { need: 1 } });
    expect(await program.stop()).toBe(0);
  });

  it("starts from the last known good schema while all subgraphs are away, and serves the present one when they are back", async () => {
    await serveBoth();
    expect(await (await start()).program.stop()).toBe(0);
    await Promise.all([stop("needs"), stop("funds")]);

    const { program, url } = await start({ STARTUP_TIMEOUT_MS: "0" });
    expect(program.stdout()).toMatch(/"level":"error".*does not answer.*THERE IS NO PRESENT SCHEMA/);
    expect(await ask(url, "{ need __typename }")).toEqual({
      data: { need: null, __typename: "Query" },
      errors: ["OWNER_UNAVAILABLE"],
    });

    await serve("needs", "type Query { need: Int title: Int }", 2);
    await serve("funds", "type Query { fund: Int }");
    await program.waitFor(/a new schema is served/);
    await program.waitFor(/the present schema is served/);
    expect(await ask(url, "{ title }")).toEqual({ data: { title: 2 } });
    expect(await program.stop()).toBe(0);
    expect(readFileSync(join(state, "last-known-good.json"), "utf8")).toContain("title");
  });

  it("does not start from a damaged one, nor from another graph's", async () => {
    await serveBoth();
    expect(await (await start()).program.stop()).toBe(0);
    await Promise.all([stop("needs"), stop("funds")]);

    const file = join(state, "last-known-good.json");
    const whole = readFileSync(file, "utf8");
    writeFileSync(file, whole.replace("need: Int", "need: Ink"));
    const damaged = run({ STARTUP_TIMEOUT_MS: "0" });
    expect(await damaged.ended).toBe(1);
    expect(damaged.stdout()).toMatch(/is damaged/);
    expect(damaged.stderr()).toMatch(/^The subgraph (needs|funds) does not answer/);

    writeFileSync(file, whole);
    const elsewhere = join(folder, "other.json");
    writeFileSync(elsewhere, readFileSync(list, "utf8"));
    list = elsewhere;
    const foreign = run({ STARTUP_TIMEOUT_MS: "0" });
    expect(await foreign.ended).toBe(1);
    expect(foreign.stdout()).toMatch(/is of another graph/);
  });
});
