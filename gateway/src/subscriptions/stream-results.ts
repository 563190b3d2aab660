import type { SubgraphReply } from "../partitions/subgraph-caller";
import type { EventSource } from "../partitions/subgraph-subscriber";
import type { GatewayResponse } from "../request/graphql-request";
import type { OpenSubscription } from "./open-subscriptions";
import { type OperationDeadline, startDeadline } from "./operation-deadline";
import { describeSubscriptionEnd, type SubscriptionEndReason } from "./subscription-end";

export interface ResultStreamOptions {
  readonly subscription: OpenSubscription;
  readonly source: EventSource;
  /** Aborted when the client has gone: even the event at hand is of no use then. */
  readonly leaving: AbortSignal;
  /** Of one event, until its response is there. */
  readonly timeoutMs: number;
  /** Must not reject. */
  readonly respond: (event: SubgraphReply, deadline: OperationDeadline) => Promise<GatewayResponse>;
}

/** The responses to a subscription's events, one after the other. An event is not looked at before the last response is taken. */
export async function* streamResults(options: ResultStreamOptions): AsyncGenerator<GatewayResponse, void, void> {
  const { subscription, source, leaving } = options;
  try {
    while (subscription.endReason === undefined && !leaving.aborted) {
      const step = await source.next();
      if (subscription.endReason !== undefined || leaving.aborted || step.kind === "completed") {
        break;
      }
      if (step.kind === "too_slow") {
        yield endResponse("too_slow");
        return;
      }
      yield await respondInTime(step.reply, options);
      if (step.kind === "broken") {
        return;
      }
    }
    if (subscription.endReason !== undefined && !leaving.aborted) {
      yield endResponse(subscription.endReason);
    }
  } finally {
    subscription.release();
  }
}

async function respondInTime(reply: SubgraphReply, options: ResultStreamOptions): Promise<GatewayResponse> {
  const deadline = startDeadline(options.timeoutMs, options.leaving);
  try {
    return await options.respond(reply, deadline);
  } finally {
    deadline.end();
  }
}

function endResponse(reason: SubscriptionEndReason): GatewayResponse {
  return {
    kind: "executed",
    data: null,
    errors: [describeSubscriptionEnd(reason)],
    operationKind: "subscription",
  };
}
