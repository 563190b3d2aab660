import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { answerWithRefusal, serializeRefusal } from "./http-answer";
import { HttpRefusal } from "./http-refusal";
import { pathOf } from "./request-path";

/** Methods of every path there is. */
export type AllowedMethods = ReadonlyMap<string, string>;

/** Answers everything that no route answers with a GraphQL error that has a code of the catalogue. */
export function registerErrorAnswers(app: FastifyInstance, log: Logger, allowedMethods: AllowedMethods): void {
  app.setErrorHandler((error, request, reply) => sendRefusal(request, reply, refusalOf(error, request.id, log)));
  app.setNotFoundHandler((request, reply) => {
    const allow = allowedMethods.get(pathOf(request.raw));
    return sendRefusal(request, reply, allow === undefined ? unknownPath() : wrongMethod(allow));
  });
}

/** What is answered in place of what went wrong. A defect of ours is logged here, and nothing of it is told. */
export function refusalOf(error: unknown, requestId: string, log: Logger): HttpRefusal {
  if (error instanceof HttpRefusal) {
    return error;
  }
  const { statusCode } = error instanceof Error ? (error as Partial<FastifyError>) : {};
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HttpRefusal(statusCode, "BAD_USER_INPUT", "The request is not valid HTTP.");
  }
  log.error({ err: error, requestId }, "request failed unexpectedly");
  return new HttpRefusal(500, "INTERNAL", "Something went wrong inside the hub.");
}

/** Answers an address that cannot be decoded: there is no path to look for, so no hook runs and no line is written. */
export function answerMalformedAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendRefusal(request, reply, new HttpRefusal(400, "BAD_USER_INPUT", "The address of the request is malformed."));
}

/** Answers what is not even HTTP: Node hands over the bare socket. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // The client has gone, or its answer is already on the wire: a second one would be read as part of it.
  if (error.code === "ECONNRESET" || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const refusal = clientErrorRefusal(error.code);
  const body = serializeRefusal(refusal);
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_TEXT.get(refusal.status) ?? "Bad Request"}\r\n` +
      "content-type: application/json; charset=utf-8\r\n" +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const STATUS_TEXT = new Map([
  [400, "Bad Request"],
  [408, "Request Timeout"],
  [431, "Request Header Fields Too Large"],
]);

function clientErrorRefusal(code: string | undefined): HttpRefusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new HttpRefusal(408, "LIMIT_EXCEEDED", "The request took too long to arrive.", { limit: "receiveTimeout" });
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return new HttpRefusal(431, "LIMIT_EXCEEDED", "The request's headers are too large.", { limit: "headerBytes" });
  }
  return new HttpRefusal(400, "BAD_USER_INPUT", "The request is not valid HTTP/1.1.");
}

function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: HttpRefusal): FastifyReply {
  request.outcome = Object.assign(request.outcome ?? {}, { errorCodes: [refusal.error.code] });
  const { status, mediaType, body } = answerWithRefusal(refusal, request.headers.accept);
  return reply
    .code(status)
    .headers(refusal.headers)
    .header("cache-control", "no-store")
    .type(`${mediaType}; charset=utf-8`)
    .send(body);
}

function unknownPath(): HttpRefusal {
  return new HttpRefusal(404, "NOT_FOUND", "There is nothing here. GraphQL is served at /graphql.");
}

function wrongMethod(allow: string): HttpRefusal {
  return new HttpRefusal(405, "BAD_USER_INPUT", `This method is not allowed here: use ${allow}.`, {}, { allow });
}
