import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { logRequest } from "../telemetry/request-log";
import { pathOf } from "./request-path";

/** What the log shall know of a request besides HTTP; filled in while it is answered. */
export interface RequestOutcome {
  operationName?: string;
  operationKind?: string;
  errorCodes?: readonly string[];
}

declare module "fastify" {
  interface FastifyRequest {
    outcome: RequestOutcome;
  }
}

/** Sends every request's id back and writes its line when the last byte has left, or the client has. */
export function observeRequests(app: FastifyInstance, log: Logger): void {
  app.decorateRequest("outcome");
  app.addHook("onRequest", (request, reply, done) => {
    const startedAt = performance.now();
    request.outcome = {};
    reply.header("x-request-id", request.id);
    // Fastify's own hook is silent about clients that leave early; "close" comes once, whatever happened.
    reply.raw.once("close", () => {
      logRequest(log, {
        requestId: request.id,
        method: request.method,
        path: pathOf(request),
        status: reply.raw.writableFinished ? reply.statusCode : 499,
        durationMs: performance.now() - startedAt,
        ...request.outcome,
      });
    });
    done();
  });
}
