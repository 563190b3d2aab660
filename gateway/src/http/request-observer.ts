import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { logRequest } from "../telemetry/request-log";
import { pathOf } from "./request-path";

/** What the log shall know of a request besides HTTP; filled in while it is answered. */
export interface RequestOutcome {
  operationName?: string;
  operationKind?: string;
  errorCodes?: readonly string[];
}

/** Writes a request's line when the last byte has left, or the client has. */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  log: Logger,
): RequestOutcome {
  const startedAt = performance.now();
  const outcome: RequestOutcome = {};
  // "finish" is silent about clients that leave early; "close" comes once, whatever happened.
  response.on("close", () => {
    logRequest(log, {
      requestId,
      method: request.method ?? "",
      path: pathOf(request),
      status: response.writableFinished ? response.statusCode : 499,
      durationMs: performance.now() - startedAt,
      operationName: outcome.operationName,
      operationKind: outcome.operationKind,
      errorCodes: outcome.errorCodes,
    });
  });
  return outcome;
}
