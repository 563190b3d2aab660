import type { Logger } from "pino";
import { SubscriberTooSlow } from "../egress/subgraph-stream";
import { type SubgraphTransport, SubgraphUnreachable } from "../egress/subgraph-transport";
import type { SubgraphCall, SubgraphReply } from "./subgraph-caller";

/** What a stream brings next. After anything but an event there is nothing more. */
export type StreamStep =
  | { readonly kind: "event"; readonly reply: SubgraphReply }
  /** The last reply: the stream could not be opened, or broke off. */
  | { readonly kind: "broken"; readonly reply: SubgraphReply }
  | { readonly kind: "completed" }
  | { readonly kind: "too_slow" };

export interface EventSource {
  /** Never rejects. To be called again only when the last call has settled. */
  next(): Promise<StreamStep>;
}

/** Opens a subgraph's stream of events. Never rejects; a source that cannot be opened begins with its end. */
export type SubgraphSubscriber = (call: SubgraphCall) => Promise<EventSource>;

export function createSubgraphSubscriber(
  transports: ReadonlyMap<string, SubgraphTransport>,
  log: Logger,
): SubgraphSubscriber {
  return async (call) => {
    const { subgraph, requestId, signal } = call;

    function describeEnd(error: unknown): StreamStep {
      if (error instanceof SubscriberTooSlow) {
        return { kind: "too_slow" };
      }
      if (error instanceof SubgraphUnreachable) {
        // Nobody waits any longer: that is no fault of the subgraph.
        const level = signal.aborted ? "debug" : "warn";
        log[level]({ requestId, subgraph, reason: error.reason, err: error }, "subgraph unreachable");
        return { kind: "broken", reply: { kind: "unavailable", outcome: error.outcome } };
      }
      log.error({ requestId, subgraph, err: error }, "subscribing to a subgraph failed");
      return { kind: "broken", reply: { kind: "failed" } };
    }

    try {
      const transport = transports.get(subgraph);
      if (transport?.subscribe === undefined) {
        throw new SubgraphUnreachable(subgraph, "invalid", "there is no way to subscribe to it");
      }
      const stream = await transport.subscribe(call);
      return {
        async next() {
          try {
            const response = await stream.next();
            return response === undefined
              ? { kind: "completed" }
              : { kind: "event", reply: { kind: "answered", data: response.data, errors: response.errors } };
          } catch (error) {
            return describeEnd(error);
          }
        },
      };
    } catch (error) {
      const end = describeEnd(error);
      return { next: async () => end };
    }
  };
}
