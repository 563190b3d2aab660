import { ERROR_CODES } from "@alliance-hub/shared/error-codes";
import type { FormattedError } from "../request/graphql-request";

/**
 * Why the hub ends a subscription whose subgraph has not ended.
 *
 * - `schema_changed`: another supergraph is served from now on.
 * - `shutting_down`: this process ends; another one takes over.
 * - `too_slow`: events came faster than the client took them.
 */
export type SubscriptionEndReason = "schema_changed" | "shutting_down" | "too_slow";

const MESSAGES: Readonly<Record<SubscriptionEndReason, string>> = {
  schema_changed: "The graph has changed: subscribe again. Events may be missing in between.",
  shutting_down: "The hub is being restarted: subscribe again. Events may be missing in between.",
  too_slow: "Events came faster than they were taken: subscribe again. Events are missing.",
};

/** The last error of a subscription that the hub ends; tells clients to subscribe again. */
export function describeSubscriptionEnd(reason: SubscriptionEndReason): FormattedError {
  const code = "SUBSCRIPTION_INTERRUPTED";
  return {
    message: MESSAGES[reason],
    extensions: { reason, resume: true, code, retryable: ERROR_CODES[code].retryable },
  };
}
