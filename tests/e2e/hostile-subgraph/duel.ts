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

/** A gateway over HTTP before two subgraphs: `names` is honest, `scores` is up to the test. */
export async function startDuel(options: Partial<InstanceOptions> = {}, requestTimeoutMs = 2_000): Promise<Duel> {
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
  const log = pino({ level: "silent" });
  const gateway = createGateway({
    supergraphSdl: composed.supergraphSdl,
    transports: new Map([
      ["names", createInstanceTransport({ name: "names", url: names.url })],
      ["scores", createInstanceTransport({ name: "scores", url: hostile.url, ...options })],
    ]),
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
    hostile,
    url: `http://127.0.0.1:${port}/graphql`,
    async ask(query) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
        body: JSON.stringify({ query }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
    },
    async close() {
      await server.close();
      await gateway.close();
      await hostile.close();
      await names.close();
    },
  };
}
