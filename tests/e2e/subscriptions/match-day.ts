import { composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import { createInstanceTransport, type InstanceOptions } from "@alliance-hub/gateway/egress/instance-transport";
import { createGateway, type Gateway, type GatewayOptions } from "@alliance-hub/gateway/gateway";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "@alliance-hub/gateway/http/http-server";
import { findFreePort } from "@alliance-hub/tests/kit/free-port";
import { LiveEvents } from "@alliance-hub/tests/kit/live-events";
import { type LiveSubgraph, startLiveSubgraph } from "@alliance-hub/tests/kit/live-subgraph";
import { federationSdl, serveFederationSubgraph } from "@alliance-hub/tests/kit/subgraph-server";
import pino from "pino";

const PLAYERS = `
  type Query { player(id: ID!): Player slow: String }
  type Mutation { rename(id: ID!, name: String!): Player }
  type Player @key(fields: "id") { id: ID! name: String! }
`;

const MATCHES = `
  type Query { match: String }
  type Subscription { scored(team: String): Goal minutes: Int! refused: Int }
  type Goal { minute: Int! scorer: Player }
  type Player @key(fields: "id") { id: ID! goals: Int }
`;

interface Goal {
  readonly minute: number;
  readonly scorer?: { readonly id: string; readonly goals?: number };
}

export interface MatchDay {
  readonly url: string;
  readonly webSocketUrl: string;
  readonly gateway: Gateway;
  readonly server: HttpServer;
  readonly matches: LiveSubgraph;
  readonly goals: LiveEvents<Goal>;
  readonly minutes: LiveEvents<number>;
  readonly logLines: Readonly<Record<string, unknown>>[];
  /** Asks over HTTP, in JSON. */
  ask(query: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface MatchDayOptions {
  /** How the gateway subscribes. */
  readonly upstream?: "sse" | "graphql-ws";
  readonly instance?: Partial<InstanceOptions>;
  readonly gateway?: Partial<GatewayOptions>;
  readonly server?: Partial<HttpServerOptions>;
}

/** Matches tell their goals; who the scorers are, another subgraph knows. All over real sockets. */
export async function startMatchDay(options: MatchDayOptions = {}): Promise<MatchDay> {
  const goals = new LiveEvents<Goal>();
  const minutes = new LiveEvents<number>();
  const names = new Map<string, string>();
  const players = await serveFederationSubgraph(PLAYERS, {
    Query: { player: (_root: unknown, { id }: { id: string }) => ({ id }) },
    Mutation: {
      rename(_root: unknown, { id, name }: { id: string; name: string }) {
        names.set(id, name);
        return { id };
      },
    },
    Player: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => names.get(id) ?? `Player ${id}`,
    },
  });
  const matches = await startLiveSubgraph(MATCHES, {
    Subscription: {
      scored: { subscribe: () => goals.listen(), resolve: (goal: Goal) => goal },
      minutes: { subscribe: () => minutes.listen(), resolve: (minute: number) => minute },
      refused: {
        subscribe: () => {
          throw new Error("SELECT at 10.0.0.7");
        },
      },
    },
  });
  const composed = composeSupergraph([
    { name: "players", url: players.url, sdl: federationSdl(PLAYERS) },
    { name: "matches", url: matches.url, sdl: federationSdl(MATCHES) },
  ]);
  if (composed.errors !== undefined) {
    throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  }
  const logLines: Record<string, unknown>[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => logLines.push(JSON.parse(line)) });
  const gateway = createGateway({
    supergraphSdl: composed.supergraphSdl,
    transports: new Map([
      ["players", createInstanceTransport({ name: "players", url: players.url })],
      [
        "matches",
        createInstanceTransport({
          name: "matches",
          url: matches.url,
          ...(options.upstream === "graphql-ws" && { subscriptionsUrl: matches.webSocketUrl }),
          ...options.instance,
        }),
      ],
    ]),
    log,
    ...options.gateway,
  });
  const server = await createHttpServer({
    gateway,
    explorer: false,
    log,
    isReady: () => ({ isReady: true, reasons: [] }),
    ...options.server,
  });
  const { port } = await server.listen(await findFreePort(), "127.0.0.1");
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    url,
    webSocketUrl: `ws://127.0.0.1:${port}/graphql`,
    gateway,
    server,
    matches,
    goals,
    minutes,
    logLines,
    async ask(query) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    async close() {
      await server.close();
      await gateway.close();
      await matches.close();
      await players.close();
    },
  };
}
