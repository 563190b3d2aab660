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
      feed = openFeed(request, () => feed !== undefined && open.delete(feed));
      if (!feed.isEnded) {
        open.add(feed);
      }
      return feed.opening;
    },
    async close() {
      for (const feed of open) {
        feed.fail("aborted", "the gateway is closing");
      }
    },
  };
}

type FeedOpener = (request: SubgraphStreamRequest, onEnd: () => void) => StreamFeed;

function createOpener(
  { name, url: address }: SubscriberOptions,
  limits: StreamLimits,
  memory: AnswerMemory,
): FeedOpener {
  const url = new URL(address);
  return url.protocol === "ws:" || url.protocol === "wss:"
    ? (request, onEnd) => openWebSocket({ name, url, request, limits, memory, onEnd })
    : (request, onEnd) => openEventStream({ name, url, request, limits, memory, onEnd });
}
