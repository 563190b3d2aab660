import type { Logger } from "pino";

/** What is kept of a subscription; as little as of a request (request-log.ts). */
export interface SubscriptionRecord {
  readonly requestId: string;
  readonly protocol: "sse" | "graphql-ws";
  readonly operationName: string | undefined;
}

export interface SubscriptionEnd {
  readonly durationMs: number;
  /** Sent to the client, the last one included. */
  readonly results: number;
  /** Codes of all results' errors, each once. */
  readonly errorCodes: readonly string[];
  readonly hasClientLeft: boolean;
}

const MAX_TEXT_LENGTH = 100;

export function logSubscriptionStart(log: Logger, record: SubscriptionRecord): void {
  log.info(boundRecord(record), "subscription started");
}

export function logSubscriptionEnd(log: Logger, record: SubscriptionRecord, end: SubscriptionEnd): void {
  const errorCodes = end.errorCodes.length === 0 ? undefined : end.errorCodes;
  const durationMs = Math.round(end.durationMs * 10) / 10;
  log.info({ ...boundRecord(record), ...end, durationMs, errorCodes }, "subscription ended");
}

function boundRecord(record: SubscriptionRecord): SubscriptionRecord {
  return { ...record, operationName: record.operationName?.slice(0, MAX_TEXT_LENGTH) };
}
