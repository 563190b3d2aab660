import type { StreamOutcome, StreamRequest } from "../../request/graphql-request";
import type { SubscriptionEndReason } from "../../subscriptions/subscription-end";

/** What doors that stay open need of the gateway. */
export interface StreamExecutor {
  subscribe(request: StreamRequest): Promise<StreamOutcome>;
  endSubscriptions(reason: SubscriptionEndReason): Promise<void>;
}
