import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { PUBLIC_CLASS } from "../authorization-class";
import type { GatewayRequest, GatewayResponse } from "../graphql-request";
import type { DocumentSource } from "./documents/document-source";
import type { HttpLimits } from "./http-limits";
import { negotiateMediaType } from "./media-type";
import { refuseMutationByGet, serializeResponse, statusOfResponse } from "./operation-answer";
import { checkRequestHeaders } from "./request-guard";
import { type JsonLimits, parseRequestJson } from "./request-json";
import type { RunningRequests } from "./request-lifetime";
import { type RequestParameters, readBodyParameters, readUrlParameters } from "./request-parameters";

/** What the server needs of the gateway. */
export interface OperationExecutor {
  execute(request: GatewayRequest): Promise<GatewayResponse>;
}

/** GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): POST, and GET for queries. */
export function registerGraphqlRoute(
  app: FastifyInstance,
  path: string,
  gateway: OperationExecutor,
  documents: DocumentSource,
  limits: HttpLimits,
  running: RunningRequests,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    // Parsed by the handler, where what is thrown is answered.
    done(null, body);
  });
  app.route({
    method: ["GET", "POST"],
    url: path,
    exposeHeadRoute: false,
    bodyLimit: limits.maxBodyBytes,
    // Hooks with callbacks: a promise for each of them costs more than what they do.
    onRequest: (request, _reply, done) => {
      try {
        checkRequestHeaders(request.method, request.headers);
      } catch (error) {
        done(error as Error);
        return;
      }
      done();
    },
    handler: async (request, reply) => {
      const parameters =
        request.method === "POST"
          ? readBodyParameters(readBody(request.body, limits))
          : readUrlParameters(request.query as Readonly<Record<string, unknown>>, limits);
      const query = documents.resolveDocument(parameters.document);
      const response = await running.run(reply.raw, limits.requestTimeoutMs, (signal, deadlineAtMs) =>
        gateway.execute(toGatewayRequest(request, parameters, query, signal, deadlineAtMs)),
      );
      noteOutcome(request, response);
      refuseMutationByGet(request.method, response);
      return sendResponse(request, reply, response);
    },
  });
}

function readBody(bytes: unknown, limits: JsonLimits): unknown {
  return Buffer.isBuffer(bytes) && bytes.length > 0 ? parseRequestJson(bytes, limits) : undefined;
}

function toGatewayRequest(
  request: FastifyRequest,
  { operationName, variables }: RequestParameters,
  query: string,
  signal: AbortSignal,
  deadlineAtMs: number,
): GatewayRequest {
  return {
    query,
    operationName,
    variables,
    // There are no identities yet: everybody is the public.
    authorizationClass: PUBLIC_CLASS,
    requestId: request.id,
    deadlineAtMs,
    signal,
    allowMutation: request.method === "POST",
  };
}

function noteOutcome(request: FastifyRequest, response: GatewayResponse): void {
  const codes = new Set(response.errors?.map((error) => error.extensions.code));
  request.outcome = {
    operationName: response.operationName,
    operationKind: response.operationKind,
    errorCodes: codes.size === 0 ? undefined : [...codes],
  };
}

function sendResponse(request: FastifyRequest, reply: FastifyReply, response: GatewayResponse): FastifyReply {
  const mediaType = negotiateMediaType(request.headers.accept) ?? "application/json";
  return reply
    .code(statusOfResponse(response, mediaType))
    .type(`${mediaType}; charset=utf-8`)
    .header("cache-control", "no-store")
    .send(serializeResponse(response));
}
