import { composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import { createInstanceTransport, type InstanceOptions } from "@alliance-hub/gateway/egress/instance-transport";
import { createGateway } from "@alliance-hub/gateway/gateway";
import { createHttpServer } from "@alliance-hub/gateway/http/http-server";
import { findFreePort } from "@alliance-hub/tests/kit/free-port";
import { type HostileServer, startHostileServer } from "@alliance-hub/tests/kit/hostile-server";
import { federationSdl, serveFederationSubgraph } from "@alliance-hub/tests/kit/subgraph-server";
import pino from "pino";

const NAMES = `
  type Query { player: Player players: [Player!]! }
  type Player @key(fields: "id") { id: ID! name: String! }
`;

const SCORES = `
  enum Level { LOW HIGH }
  type Query { board: Board }
  type Mutation { record(points: Int!): Board }
  type Subscription { watched: Board }
  type Board { title: String level: Level size: Int entries: [Entry!] }
  type Entry { label: String! points: Int! }
  type Player @key(fields: "id") { id: ID! score: Int motto: String entries: [Entry!] }
`;

const PLAYERS = ["1", "2", "3"].map((id) => ({ id, name: `Player ${id}` }));
const ENTRIES = [
  { label: "first", points: 10 },
  { label: "second", points: 5 },
];
const BOARD = { title: "Season", level: "HIGH", size: 2, entries: ENTRIES };

export interface ClientAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly extensions: { readonly code: string };
    }[];
    readonly extensions?: {
      readonly completeness: readonly { subgraph: string; outcome: string; paths: string[][] }[];
    };
  };
}

export interface Duel {
  readonly hostile: HostileServer;
  /** Where clients ask. */
  readonly url: string;
  /** Asks the gateway as a client does. */
  ask(query: string): Promise<ClientAnswer>;
  close(): Promise<void>;
}

/** The two subgraphs, and the graph that they make. */
export interface DuelSubgraphs {
  readonly hostile: HostileServer;
  readonly graph: DuelGraph;
  close(): Promise<void>;
}

export interface DuelGraph {
  readonly supergraphSdl: string;
  readonly namesUrl: string;
  readonly scoresUrl: string;
}

/** A gateway over HTTP before two subgraphs: `names` is honest, `scores` is up to the test. */
export async function startDuel(options: Partial<InstanceOptions> = {}, requestTimeoutMs = 2_000): Promise<Duel> {
  const { hostile, graph, close } = await startSubgraphs();
  const served = await serveDuel(graph, options, requestTimeoutMs);
  return {
    hostile,
    url: served.url,
    ask: (query) => askDuel(served.url, query),
    async close() {
      await served.close();
      await close();
    },
  };
}

export async function startSubgraphs(): Promise<DuelSubgraphs> {
  const names = await serveFederationSubgraph(NAMES, {
    Query: { player: () => PLAYERS[0], players: () => PLAYERS },
  });
  const hostile = await startHostileServer(SCORES, {
    Query: { board: () => BOARD },
    Mutation: { record: () => BOARD },
    Subscription: { watched: { resolve: () => BOARD } },
    Player: {
      score: ({ id }: { id: string }) => Number(id) * 7,
      motto: () => "On and on",
      entries: () => ENTRIES,
    },
  });
  const composed = composeSupergraph([
    { name: "names", url: names.url, sdl: federationSdl(NAMES) },
    { name: "scores", url: hostile.url, sdl: federationSdl(SCORES) },
  ]);
  if (composed.errors !== undefined) {
    throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  }
  return {
    hostile,
    graph: { supergraphSdl: composed.supergraphSdl, namesUrl: names.url, scoresUrl: hostile.url },
    async close() {
      await hostile.close();
      await names.close();
    },
  };
}

/** The gateway alone, in this process. */
export async function serveDuel(
  { supergraphSdl, namesUrl, scoresUrl }: DuelGraph,
  options: Partial<InstanceOptions>,
  requestTimeoutMs: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const log = pino({ level: "silent" });
  const gateway = createGateway({
    supergraphSdl,
    transports: new Map([
      ["names", createInstanceTransport({ name: "names", url: namesUrl })],
      ["scores", createInstanceTransport({ name: "scores", url: scoresUrl, ...options })],
    ]),
    // Each request meets the instance by itself.
    sharing: { requests: false, fetches: false, entities: false, hints: false },
    log,
  });
  const server = await createHttpServer({
    gateway,
    limits: { requestTimeoutMs },
    explorer: false,
    log,
    isReady: () => ({ isReady: true, reasons: [] }),
  });
  const { port } = await server.listen(await findFreePort(), "127.0.0.1");
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      await server.close();
      await gateway.close();
    },
  };
}

/** Asks as a client does. */
export async function askDuel(url: string, query: string): Promise<ClientAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}
