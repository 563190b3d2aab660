import type { Logger } from "pino";

/**
 * What is kept of a request. Neither variables nor the query's text nor headers nor the client's address: each of them
 * may name a person, and a log outlives every consent.
 */
export interface RequestRecord {
  readonly requestId: string;
  readonly method: string;
  /** Without the part behind `?`: it holds the query of a GET. */
  readonly path: string;
  /** 499 when the client left before it was answered. */
  readonly status: number;
  readonly durationMs: number;
  readonly operationName?: string;
  readonly operationKind?: string;
  /** Codes of the response's errors, each once. */
  readonly errorCodes?: readonly string[];
}

/** Paths that an orchestrator asks every few seconds. */
const PROBES: ReadonlySet<string> = new Set(["/health", "/ready"]);
const MAX_TEXT_LENGTH = 100;

/** Writes one line; how loud depends on whose fault it was. */
export function logRequest(log: Logger, record: RequestRecord): void {
  const { requestId, method, path, status, durationMs, operationName, operationKind, errorCodes } = record;
  const line = {
    requestId,
    method,
    path: path.slice(0, MAX_TEXT_LENGTH),
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    operationName: operationName?.slice(0, MAX_TEXT_LENGTH),
    operationKind,
    errorCodes,
  };
  log[levelOf(record)](line, "request");
}

function levelOf({ status, path }: RequestRecord): "error" | "warn" | "info" | "debug" {
  if (status === 503 && PROBES.has(path)) {
    // The answer while it starts or drains, to a question that is repeated until it changes: no fault of anybody's.
    return "debug";
  }
  if (status >= 500) {
    return "error";
  }
  if (status >= 400) {
    return "warn";
  }
  return PROBES.has(path) || path.startsWith("/explorer/") ? "debug" : "info";
}
