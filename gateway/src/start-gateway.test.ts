import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { findFreePort } from "@alliance-hub/tests/kit/free-port";
import {
  federationSdl,
  type ListeningServer,
  serve,
  serveFederationSubgraph,
} from "@alliance-hub/tests/kit/subgraph-server";
import { composeSupergraph } from "./composition/compose-supergraph";
import { readGatewayEnvironment } from "./env";
import type { SubgraphSource } from "./start/graph-files";
import type { SupplyChoice } from "./start/sources/start-supply";
import { type RunningGateway, startGateway } from "./start-gateway";
import { createLog } from "./telemetry/log";

const NEEDS = `type Query { need: Need } interface Node { id: ID! } type Need implements Node @key(fields: "id") { id: ID! title: String }`;
const FUNDS = `type Query { balance: Int } type Need @key(fields: "id") { id: ID! allocated: Int }`;
const ID = "yanling-county.need.01m6a6ft00qt6zy05gthmb57c0";
const NEED_RESOLVERS = {
  Query: { need: () => ({ id: ID, title: "Quilts" }) },
  Need: { __resolveReference: ({ id }: { id: string }) => ({ __typename: "Need", id, title: "Quilts" }) },
};
const FUND_RESOLVERS = {
  Query: { balance: () => 7 },
  Need: { __resolveReference: ({ id }: { id: string }) => ({ id, allocated: 3 }) },
};

let folder: string;
let needs: ListeningServer;
let funds: ListeningServer;
let gateway: RunningGateway | undefined;
let logLines: Record<string, unknown>[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "start-gateway-"));
  needs = await serveFederationSubgraph(NEEDS, NEED_RESOLVERS);
  funds = await serveFederationSubgraph(FUNDS, FUND_RESOLVERS);
});
beforeEach(() => {
  logLines = [];
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(async () => {
  await Promise.all([needs.close(), funds.close()]);
  rmSync(folder, { recursive: true });
});

async function start(options: Partial<SupplyChoice>, variables: Record<string, string> = {}): Promise<RunningGateway> {
  const environment = readGatewayEnvironment({
    PORT: String(await findFreePort()),
    STARTUP_TIMEOUT_MS: "0",
    ...variables,
  });
  gateway = await startGateway({
    source: { kind: "alliance" },
    alliance: [],
    environment,
    log: createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) }),
    signal: new AbortController().signal,
    ...options,
  });
  return gateway;
}

async function ask(query: string): Promise<unknown> {
  const response = await fetch(gateway?.url ?? "", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function both(): readonly SubgraphSource[] {
  return [
    { name: "needs", url: needs.url },
    { name: "funds", url: funds.url },
  ];
}

describe("startGateway()", () => {
  it("asks the alliance's subgraphs for their SDL, composes them with Query.node, and answers", async () => {
    await start({ alliance: both() });
    expect(await ask("{ need { title allocated } balance }")).toEqual({
      data: { need: { title: "Quilts", allocated: 3 }, balance: 7 },
    });
    expect(await ask(`{ node(id: "${ID}") { id ... on Need { title } } }`)).toEqual({
      data: { node: { id: ID, title: "Quilts" } },
    });
    expect(logLines).toContainEqual(
      expect.objectContaining({ msg: "listening", url: gateway?.url, subgraphs: ["needs", "funds"] }),
    );
  });

  it("hides schema and explorer in production, and shows them where the operator says so", async () => {
    const page = () => fetch(new URL("/", gateway?.url), { headers: { accept: "text/html" } });
    await start({ alliance: [{ name: "needs", url: needs.url }] }, { NODE_ENV: "production", EXPLORER: "true" });
    expect(await ask("{ __schema { description } }")).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
    expect((await page()).headers.get("content-type")).toContain("application/json");
    await gateway?.close();
    await start(
      { alliance: [{ name: "needs", url: needs.url }] },
      { NODE_ENV: "production", EXPLORER: "true", INTROSPECTION: "true" },
    );
    expect(await ask("{ __schema { description } }")).toEqual({ data: { __schema: { description: null } } });
    expect((await page()).headers.get("content-type")).toContain("text/html");
  });

  it("answers trusted documents only, tells costs and keeps to the limit, when it is told to", async () => {
    const path = write("trusted.json", JSON.stringify({ node: "{ need { id } }", need: "{ need { title } }" }));
    await start(
      { alliance: [{ name: "needs", url: needs.url }] },
      { TRUSTED_DOCUMENTS: path, TELL_COST: "true", MAX_COST: "1" },
    );
    expect(await ask("{ need { title } }")).toEqual({ data: { need: { title: "Quilts" } }, extensions: { cost: 1 } });
    expect(await ask("{ need { __typename } }")).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
    await gateway?.close();
    await start({ alliance: [{ name: "needs", url: needs.url }] }, { MAX_COST: "1" });
    expect(await ask("{ a: need { title } b: need { title } }")).toMatchObject({
      errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "cost" } }],
    });
  });

  it("serves a file of subgraphs, asking only those without SDL, as it is: without Query.node", async () => {
    const path = write(
      "subgraphs.json",
      JSON.stringify([
        { name: "needs", url: needs.url },
        { name: "funds", url: funds.url, sdl: federationSdl(FUNDS) },
      ]),
    );
    await start({ source: { kind: "subgraphs-file", path } });
    expect(await ask("{ need { allocated } __schema { queryType { fields { name } } } }")).toEqual({
      data: { need: { allocated: 3 }, __schema: { queryType: { fields: [{ name: "balance" }, { name: "need" }] } } },
    });
  });

  it("serves a supergraph file by its addresses, whether or not they answer yet", async () => {
    const gone = `http://127.0.0.1:${await findFreePort()}/graphql`;
    const { supergraphSdl = "" } = composeSupergraph([
      { name: "needs", url: needs.url, sdl: federationSdl(NEEDS) },
      { name: "funds", url: gone, sdl: federationSdl(FUNDS) },
    ]);
    await start({ source: { kind: "supergraph-file", path: write("supergraph.graphql", supergraphSdl) } });
    expect(await ask("{ need { title } balance }")).toMatchObject({
      data: { need: { title: "Quilts" }, balance: null },
      errors: [{ path: ["balance"], extensions: { code: "OWNER_UNAVAILABLE" } }],
    });
    const ready = await fetch(new URL("/ready", gateway?.url));
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: "ready",
      reasons: ["The subgraph funds does not answer."],
      schemaId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("waits for a subgraph that comes up later, and logs which", async () => {
    const port = await findFreePort();
    const later = { name: "late", url: `http://127.0.0.1:${port}/graphql` };
    const started = start({ alliance: [later] }, { STARTUP_TIMEOUT_MS: "30000" });
    while (!logLines.some((line) => line["subgraph"] === "late" && line["msg"] === "waiting for a subgraph")) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const server = await serveFederationSubgraph(FUNDS, FUND_RESOLVERS, port);
    try {
      await started;
      expect(await ask("{ balance }")).toEqual({ data: { balance: 7 } });
    } finally {
      await server.close();
    }
  });

  it("stops waiting when it is told to", async () => {
    const stopping = new AbortController();
    const url = `http://127.0.0.1:${await findFreePort()}/graphql`;
    const started = start(
      { alliance: [{ name: "late", url }], signal: stopping.signal },
      { STARTUP_TIMEOUT_MS: "600000" },
    );
    stopping.abort();
    await expect(started).rejects.toHaveProperty("name", "AbortError");
  });

  describe("says what to do", () => {
    it("when a subgraph does not answer", async () => {
      const url = `http://user:hunter2@127.0.0.1:${await findFreePort()}/graphql`;
      const started = start({ alliance: [{ name: "needs", url }] });
      await expect(started).rejects.toThrow(StartError);
      await expect(started).rejects.toThrow(/The subgraph needs does not answer at http:\/\/127.*Start it, or correct/);
      await expect(started).rejects.not.toThrow(/hunter2/);
    });

    it("when something else answers at its address", async () => {
      const page = await serve((_request, response) => response.setHeader("content-type", "text/html").end("<p>"));
      const plain = await serve((_request, response) =>
        response.setHeader("content-type", "application/json").end('{"errors":[{"message":"no _service"}]}'),
      );
      try {
        await expect(start({ alliance: [{ name: "needs", url: page.url }] })).rejects.toThrow(
          /does not answer.*text\/html/,
        );
        await expect(start({ alliance: [{ name: "needs", url: plain.url }] })).rejects.toThrow(/not as a subgraph/);
      } finally {
        await Promise.all([page.close(), plain.close()]);
      }
    });

    it("when the subgraphs do not compose, with every reason", async () => {
      const sdl = federationSdl("type Query { a: Int } type A { x: Int }");
      const subgraphs = [
        { name: "one", url: "http://127.0.0.1:1", sdl },
        { name: "two", url: "http://127.0.0.1:2", sdl: federationSdl("type A { x: Int y: String }") },
      ];
      const path = write("conflict.json", JSON.stringify(subgraphs));
      const started = start({ source: { kind: "subgraphs-file", path } });
      await expect(started).rejects.toThrow(StartError);
      await expect(started).rejects.toThrow(/do not compose.*\n {2}- INVALID_FIELD_SHARING: /);
    });

    it("when the supergraph cannot be served", async () => {
      const path = write("broken.graphql", `enum join__Graph { A @join__graph(name: "a", url: "http://127.0.0.1:1") }`);
      await expect(start({ source: { kind: "supergraph-file", path } })).rejects.toThrow(StartError);
    });

    it("when the port is in use or the address is not of this machine", async () => {
      const port = new URL(needs.url).port;
      await expect(start({ alliance: both() }, { PORT: port })).rejects.toThrow(`Port ${port} is in use.`);
      await expect(start({ alliance: both() }, { HOST: "203.0.113.7" })).rejects.toThrow(/Correct HOST/);
    });
  });
});
