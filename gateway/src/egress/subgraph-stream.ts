import type { SubgraphRequest, SubgraphResponse } from "./subgraph-transport";

/** What opens a stream of events: the deadline is for opening it, the signal ends the stream whenever it is aborted. */
export type SubgraphStreamRequest = SubgraphRequest;

/** Events of one subscription at one instance. Closed by the signal of the request, or by its end. */
export interface SubgraphStream {
  /**
   * The next event, in the order of coming; undefined when the instance has said that there are no more. To be called again
   * only when the last call has settled.
   * @throws SubgraphUnreachable when the instance broke off, or sent what is no event
   * @throws SubscriberTooSlow when more events came than may wait
   */
  next(): Promise<SubgraphResponse | undefined>;
}

/** Events came faster than they were taken. The instance did nothing wrong. */
export class SubscriberTooSlow extends Error {
  override readonly name = "SubscriberTooSlow";
}
