import type { Logger } from "pino";
import type { GatewayResponse } from "../../request/graphql-request";
import { logSubscriptionEnd, logSubscriptionStart, type SubscriptionRecord } from "../../telemetry/subscription-log";

export interface DeliveryOptions {
  readonly results: AsyncIterable<GatewayResponse>;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** Settles when the client has room for more: until then no other result is made. */
  readonly send: (result: GatewayResponse) => Promise<void>;
  readonly record: SubscriptionRecord;
  readonly log: Logger;
}

/** Sends the results of one subscription, one after the other, and writes its two lines into the log. */
export async function deliverResults({ results, signal, send, record, log }: DeliveryOptions): Promise<void> {
  const startedAt = performance.now();
  const errorCodes = new Set<string>();
  let count = 0;
  logSubscriptionStart(log, record);
  try {
    for await (const result of results) {
      if (signal.aborted) {
        return;
      }
      count += 1;
      for (const { extensions } of result.errors ?? []) {
        errorCodes.add(extensions.code);
      }
      await send(result);
    }
  } finally {
    logSubscriptionEnd(log, record, {
      durationMs: performance.now() - startedAt,
      results: count,
      errorCodes: [...errorCodes],
      hasClientLeft: signal.aborted,
    });
  }
}
