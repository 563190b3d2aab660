import type { FastifyInstance, FastifyReply } from "fastify";
import type { Logger } from "pino";
import type { ConnectionDrain } from "./connection-drain";
import type { CrossOriginPolicy, HeaderList } from "./cross-origin";
import { observeRequest, type RequestOutcome } from "./request-observer";
import { computeAnswerHeaders } from "./security-headers";

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined for an address that cannot be decoded: no hook runs for it. */
    outcome: RequestOutcome | undefined;
  }
}

export interface AnswerHookOptions {
  readonly log: Logger;
  readonly crossOrigin: CrossOriginPolicy;
  readonly drain: ConnectionDrain;
}

/** What Fastify's answers have in common with those of the GraphQL route: a line in the log, an id, headers. */
export function registerAnswerHooks(app: FastifyInstance, { log, crossOrigin, drain }: AnswerHookOptions): void {
  const headers = computeAnswerHeaders();
  app.decorateRequest("outcome");
  // Nothing here reads a body.
  app.removeAllContentTypeParsers();
  app.addHook("onRequest", (request, reply, done) => {
    request.outcome = observeRequest(request.raw, reply.raw, request.id, log);
    reply.headers(headers).header("x-request-id", request.id);
    addHeaders(reply, crossOrigin.headersFor(request.raw));
    const preflight = crossOrigin.answerPreflight(request.raw);
    if (preflight === undefined) {
      done();
    } else {
      addHeaders(reply, preflight);
      reply.code(204).send();
    }
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (drain.isDraining) {
      reply.header("connection", "close");
    }
    done();
  });
}

function addHeaders(reply: FastifyReply, headers: HeaderList): void {
  for (let index = 0; index < headers.length; index += 2) {
    reply.header(headers[index] ?? "", headers[index + 1] ?? "");
  }
}
