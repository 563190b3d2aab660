import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGatewayEnvironment } from "@alliance-hub/gateway/env";
import { type RunningGateway, startGateway } from "@alliance-hub/gateway/start-gateway";
import { createLog } from "@alliance-hub/gateway/telemetry/log";
import { findFreePort } from "@alliance-hub/tests/kit/free-port";
import { type Program, startProgram } from "@alliance-hub/tests/kit/program";
import { SocketProbe } from "@alliance-hub/tests/kit/socket-probe";
import { federationSdl } from "@alliance-hub/tests/kit/subgraph-server";
import { createStreamClient, type Protocol, type StreamClient } from "./clients";

const SDL = "type Query { count: Int } type Subscription { counted: Int! }";
const COUNTED = "subscription { counted }";

let folder: string;
let subgraph: Program;
let port: number;
let gateway: RunningGateway | undefined;
let clients: StreamClient[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "subscriptions-"));
  port = await findFreePort();
  subgraph = startProgram({ program: "tests/kit/ticking-subgraph.cjs", args: [String(port)] });
  await subgraph.waitFor(/listening/);
});

afterEach(async () => {
  for (const client of clients) {
    client.close();
  }
  clients = [];
  await gateway?.close();
  gateway = undefined;
  await subgraph.kill();
  rmSync(folder, { recursive: true });
});

/** @param upstream how the file says that the subgraph is subscribed to */
function writeSubgraphs(upstream: Protocol, sdl = SDL): string {
  const path = join(folder, "subgraphs.json");
  const entry = {
    name: "counts",
    url: `http://127.0.0.1:${port}/graphql`,
    sdl: federationSdl(sdl),
    ...(upstream === "graphql-ws" && { subscriptions: `ws://127.0.0.1:${port}/graphql` }),
  };
  writeFileSync(path, JSON.stringify([entry]));
  return path;
}

async function start(path: string, variables: Record<string, string> = {}): Promise<string> {
  gateway = await startGateway({
    source: { kind: "subgraphs-file", path },
    alliance: [],
    environment: readGatewayEnvironment({ PORT: String(await findFreePort()), ...variables }),
    log: createLog("silent"),
    signal: new AbortController().signal,
  });
  return gateway.url;
}

function connect(protocol: Protocol, url: string): StreamClient {
  const client = createStreamClient(protocol, { url, webSocketUrl: url.replace("http", "ws") });
  clients.push(client);
  return client;
}

describe.each<Protocol>(["sse", "graphql-ws"])("a gateway that subscribes over %s", (upstream) => {
  it("tells its clients when the subgraph's process is killed", async () => {
    const url = await start(writeSubgraphs(upstream));
    const subscriber = connect(upstream === "sse" ? "graphql-ws" : "sse", url).subscribe(COUNTED);
    expect((await subscriber.untilResults(2)).slice(0, 2)).toEqual([
      { data: { counted: 1 } },
      { data: { counted: 2 } },
    ]);
    await subgraph.kill();
    expect(await subscriber.untilEnd()).toBe("completed");
    expect(subscriber.results.at(-1)).toMatchObject({
      data: null,
      errors: [{ path: ["counted"], extensions: { code: "OWNER_UNAVAILABLE" } }],
      extensions: { completeness: [{ subgraph: "counts", outcome: "unreachable" }] },
    });
  });

  it("lets its clients resume at once when another schema is served", async () => {
    const url = await start(writeSubgraphs(upstream), { SCHEMA_POLL_MS: "1000" });
    const client = connect("graphql-ws", url);
    const subscriber = client.subscribe(COUNTED);
    await subscriber.untilResults(1);
    writeSubgraphs(upstream, `${SDL} "Not there before." type Other { id: ID }`);
    expect(await subscriber.untilEnd()).toBe("completed");
    expect(subscriber.results.at(-1)).toMatchObject({
      errors: [{ extensions: { code: "SUBSCRIPTION_INTERRUPTED", reason: "schema_changed", resume: true } }],
    });
    expect(await client.subscribe(COUNTED).untilResults(1)).toMatchObject([{ data: { counted: 1 } }]);
  });
});

describe("a gateway's process", () => {
  it("tells its clients to resume elsewhere when it ends", async () => {
    const url = await start(writeSubgraphs("sse"));
    const subscribers = (["sse", "graphql-ws"] as const).map((protocol) => connect(protocol, url).subscribe(COUNTED));
    await Promise.all(subscribers.map((subscriber) => subscriber.untilResults(1)));
    await gateway?.close();
    for (const subscriber of subscribers) {
      await subscriber.untilEnd();
      expect(subscriber.results.at(-1)).toMatchObject({ errors: [{ extensions: { reason: "shutting_down" } }] });
    }
  });

  it("opens as many subscriptions as MAX_SUBSCRIPTIONS says, over all protocols", async () => {
    const url = await start(writeSubgraphs("sse"), { MAX_SUBSCRIPTIONS: "1" });
    await connect("sse", url).subscribe(COUNTED).untilResults(1);
    const refused = connect("graphql-ws", url).subscribe(COUNTED);
    await refused.untilEnd();
    expect(refused.end).toMatchObject({ error: [{ extensions: { code: "RATE_LIMITED" } }] });
  });

  it("has none, and takes no sockets, when MAX_SUBSCRIPTIONS is 0", async () => {
    const url = await start(writeSubgraphs("sse"), { MAX_SUBSCRIPTIONS: "0" });
    const refused = connect("sse", url).subscribe(COUNTED);
    await refused.untilEnd();
    expect(refused.results).toMatchObject([{ errors: [{ extensions: { code: "NOT_AVAILABLE" } }] }]);
    expect(await new SocketProbe(url.replace("http", "ws")).untilRefused()).toMatchObject({ status: 503 });
  });
});
