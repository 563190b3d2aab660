import { Pool } from "undici";
import { AnswerMemory } from "../answer-bytes";
import type { SubgraphStream, SubgraphStreamRequest } from "../subgraph-stream";
import { SubgraphUnreachable } from "../subgraph-transport";
import { openEventStream } from "./open-event-stream";
import { openWebSocket } from "./open-web-socket";
import type { StreamFeed } from "./stream-feed";
import { DEFAULT_STREAM_LIMITS, type StreamLimits } from "./stream-limits";

export interface SubscriberOptions {
  /** The subgraph's, for logs. */
  readonly name: string;
  /** `http:` and `https:` for GraphQL over SSE, `ws:` and `wss:` for graphql-transport-ws. */
  readonly url: string;
  readonly limits?: Partial<StreamLimits>;
}

/** Opens streams of events at one instance. */
export interface Subscriber {
  /** @throws SubgraphUnreachable */
  subscribe(request: SubgraphStreamRequest): Promise<SubgraphStream>;
  close(): Promise<void>;
}

const CONNECT_MS = 2_000;

export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { name } = options;
  const limits = { ...DEFAULT_STREAM_LIMITS, ...options.limits };
  const memory = new AnswerMemory(limits.maxWaitingBytes);
  const open = new Set<StreamFeed>();
  const openFeed = createOpener(options, limits, memory);

  return {
    async subscribe(request) {
      if (open.size >= limits.maxStreams) {
        throw new SubgraphUnreachable(name, "overloaded", `${limits.maxStreams} subscriptions are open at it already`);
      }
      let feed: StreamFeed | undefined;
      // It may be over before it is known: the signal is aborted already.
      feed = openFeed.open(request, () => feed !== undefined && open.delete(feed));
      if (!feed.isEnded) {
        open.add(feed);
      }
      return feed.opening;
    },
    async close() {
      for (const feed of open) {
        feed.fail("aborted", "the gateway is closing");
      }
      await openFeed.close();
    },
  };
}

interface FeedOpener {
  open(request: SubgraphStreamRequest, onEnd: () => void): StreamFeed;
  close(): Promise<void>;
}

function createOpener({ name, url }: SubscriberOptions, limits: StreamLimits, memory: AnswerMemory): FeedOpener {
  const { protocol, origin, pathname, search } = new URL(url);
  if (protocol === "ws:" || protocol === "wss:") {
    return {
      open: (request, onEnd) => openWebSocket({ name, url, request, limits, memory, onEnd }),
      close: () => Promise.resolve(),
    };
  }
  // A stream keeps its connection for as long as it lasts, so requests have others. The clocks are the feed's.
  const dispatcher = new Pool(origin, {
    connections: limits.maxStreams,
    connect: { timeout: CONNECT_MS },
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
  const path = `${pathname}${search}`;
  return {
    open: (request, onEnd) => openEventStream({ name, dispatcher, path, request, limits, memory, onEnd }),
    close: () => dispatcher.destroy(),
  };
}
