import type { GatewayResponse, StreamRequest } from "@alliance-hub/gateway/request/graphql-request";
import { EventFeed } from "./event-feed";
import { createFederation, type FederationOptions, type FederationUnderTest } from "./federation";

const GAMES = {
  games: {
    typeDefs: `
      type Query { game: String }
      type Subscription { scored(team: ID, least: Int = 1): Player scoredAll: [Player!]! }
      type Player @key(fields: "id") { id: ID! points: Int! secret: String }
    `,
  },
  players: {
    typeDefs: `
      type Query { player(id: ID!): Player }
      type Mutation { rename: String }
      type Player @key(fields: "id") { id: ID! name: String! motto(shout: Boolean): String }
    `,
    resolvers: {
      Query: { player: (_root: unknown, { id }: { id: string }) => ({ __typename: "Player", id }) },
      Mutation: { rename: () => "renamed" },
      Player: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => `Player ${id}`,
        motto: (_player: unknown, { shout }: { shout?: boolean }) => (shout === true ? "ON" : "on"),
      },
    },
  },
};

/** Games tell who scored; who that is, another subgraph knows. */
export function startGames(options: FederationOptions = {}) {
  const feed = new EventFeed();
  const leaving = new AbortController();
  const federation = createFederation(GAMES, { subscribe: async (request) => feed.open(request), ...options });
  const subscribe = (query: string, more: Partial<StreamRequest> = {}) =>
    federation.gateway.subscribe({
      query,
      requestId: "request-1",
      timeoutMs: 5_000,
      signal: leaving.signal,
      allowMutation: true,
      ...more,
    });
  return {
    ...federation,
    feed,
    leaving,
    subscribe,
    open: (query: string, more?: Partial<StreamRequest>) => openStream(subscribe(query, more)),
  };
}

async function openStream(opening: ReturnType<FederationUnderTest["gateway"]["subscribe"]>) {
  const outcome = await opening;
  if (outcome.kind !== "stream") {
    throw new Error(`no stream: ${JSON.stringify(outcome.response)}`);
  }
  const results = outcome.results[Symbol.asyncIterator]();
  return {
    operationName: outcome.operationName,
    async next() {
      const { value, done } = await results.next();
      return done === true ? undefined : (JSON.parse(JSON.stringify(value)) as GatewayResponse);
    },
  };
}

/** An event of `Subscription.scored`. */
export const scored = (id: string, points = 1) => ({ data: { scored: { __typename: "Player", id, points } } });
