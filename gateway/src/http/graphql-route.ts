import type { IncomingMessage, ServerResponse } from "node:http";
import { parse as parseSearch } from "node:querystring";
import type { Logger } from "pino";
import { PUBLIC_CLASS } from "../request/authorization-class";
import type { GatewayRequest, GatewayResponse } from "../request/graphql-request";
import type { ConnectionDrain } from "./connection-drain";
import type { CrossOriginPolicy, HeaderList } from "./cross-origin";
import type { DocumentSource } from "./documents/document-source";
import { refusalOf } from "./error-answers";
import { answerWithRefusal, answerWithResponse, type HttpAnswer } from "./http-answer";
import type { HttpLimits } from "./http-limits";
import { refuseMutationByGet } from "./operation-answer";
import { receiveBody } from "./request-body";
import { checkRequestHeaders } from "./request-guard";
import { chooseRequestId } from "./request-id";
import { parseRequestJson } from "./request-json";
import type { RunningRequests } from "./request-lifetime";
import { observeRequest, type RequestOutcome } from "./request-observer";
import { type RequestParameters, readBodyParameters, readUrlParameters } from "./request-parameters";
import { computeAnswerHeaders } from "./security-headers";
import type { EventStreamDoor } from "./subscriptions/event-stream-door";
import type { StreamExecutor } from "./subscriptions/stream-executor";
import { readStreamPreference, type StreamPreference } from "./subscriptions/stream-preference";

/** What the server needs of the gateway. */
export interface OperationExecutor extends StreamExecutor {
  execute(request: GatewayRequest): Promise<GatewayResponse>;
}

export interface GraphqlRouteOptions {
  readonly gateway: OperationExecutor;
  readonly documents: DocumentSource;
  readonly limits: HttpLimits;
  readonly running: RunningRequests;
  readonly crossOrigin: CrossOriginPolicy;
  readonly drain: ConnectionDrain;
  readonly streams: EventStreamDoor;
  readonly log: Logger;
}

export const GRAPHQL_PATH = "/graphql";

/** Methods of the route; what comes by another one is answered by whoever answers unknown addresses. */
export const GRAPHQL_METHODS: readonly string[] = ["GET", "POST"];

/**
 * GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): POST, and GET for queries. It stands on Node's
 * server itself: a framework's routing, hooks and reply took a quarter of the time of a small answer.
 */
export class GraphqlRoute {
  readonly #options: GraphqlRouteOptions;
  readonly #constantHeaders: HeaderList = [
    ...Object.entries(computeAnswerHeaders()).flat(),
    "cache-control",
    "no-store",
  ];

  constructor(options: GraphqlRouteOptions) {
    this.#options = options;
  }

  accepts({ url = "", method = "" }: IncomingMessage): boolean {
    return (url === GRAPHQL_PATH || url.startsWith(`${GRAPHQL_PATH}?`)) && GRAPHQL_METHODS.includes(method);
  }

  /** Answers one request, whatever it is. Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { log } = this.#options;
    const requestId = chooseRequestId(request);
    const outcome = observeRequest(request, response, requestId, log);
    const { accept } = request.headers;
    let answer: HttpAnswer;
    try {
      const result = await this.#execute(request, response, requestId, outcome);
      if (result === undefined) {
        return;
      }
      answer = answerWithResponse(result, accept);
    } catch (error) {
      const refusal = refusalOf(error, requestId, log);
      if (response.headersSent) {
        response.destroy();
        return;
      }
      outcome.errorCodes = [refusal.error.code];
      answer = answerWithRefusal(refusal, accept);
    }
    this.#send(request, response, requestId, answer);
  }

  /** Undefined when the answer was a stream. @throws HttpRefusal */
  async #execute(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    outcome: RequestOutcome,
  ): Promise<GatewayResponse | undefined> {
    const { gateway, documents, running } = this.#options;
    checkRequestHeaders(request);
    const { document, operationName, variables } = await this.#readParameters(request);
    const query = documents.resolveDocument(document);
    const preference = readStreamPreference(request.headers.accept);
    if (preference !== "never") {
      const operation = { query, operationName, variables, requestId };
      return this.#executeByStream(request, response, { preference, operation, outcome });
    }
    const allowMutation = request.method === "POST";
    const result = await running.run(response, (signal, deadlineAtMs) =>
      gateway.execute({
        query,
        operationName,
        variables,
        // There are no identities yet: everybody is the public.
        authorizationClass: PUBLIC_CLASS,
        requestId,
        deadlineAtMs,
        signal,
        allowMutation,
      }),
    );
    noteOutcome(outcome, result);
    refuseMutationByGet(request.method ?? "", result);
    return result;
  }

  #executeByStream(
    request: IncomingMessage,
    response: ServerResponse,
    { preference, operation, outcome }: StreamedOperation,
  ): Promise<GatewayResponse | undefined> {
    return this.#options.streams.answer({
      method: request.method ?? "",
      preference,
      operation,
      response,
      writeHead: (headers) =>
        response.writeHead(200, [
          ...this.#commonHeaders(request, operation.requestId),
          ...Object.entries(headers).flat(),
        ]),
      noteResponse: (result) => noteOutcome(outcome, result),
    });
  }

  async #readParameters(request: IncomingMessage): Promise<RequestParameters> {
    const { limits } = this.#options;
    if (request.method !== "POST") {
      const { url = "" } = request;
      // No limit of their number: one that stands behind many others must not be overlooked. Headers are bounded in bytes.
      return readUrlParameters(parseSearch(url.slice(GRAPHQL_PATH.length + 1), "&", "=", { maxKeys: 0 }), limits);
    }
    const bytes = await receiveBody(request, limits.maxBodyBytes);
    return readBodyParameters(bytes.length === 0 ? undefined : parseRequestJson(bytes, limits));
  }

  #send(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    { status, mediaType, headers, body }: HttpAnswer,
  ): void {
    response.writeHead(status, [
      ...this.#commonHeaders(request, requestId),
      ...headers,
      "content-type",
      `${mediaType}; charset=utf-8`,
      "content-length",
      String(Buffer.byteLength(body)),
    ]);
    response.end(body);
  }

  #commonHeaders(request: IncomingMessage, requestId: string): HeaderList {
    const { crossOrigin, drain } = this.#options;
    return [
      ...this.#constantHeaders,
      ...crossOrigin.headersFor(request),
      ...(drain.isDraining ? ["connection", "close"] : []),
      "x-request-id",
      requestId,
    ];
  }
}

interface StreamedOperation {
  readonly preference: Exclude<StreamPreference, "never">;
  readonly operation: Pick<GatewayRequest, "query" | "operationName" | "variables" | "requestId">;
  readonly outcome: RequestOutcome;
}

function noteOutcome(outcome: RequestOutcome, { errors, operationName, operationKind }: GatewayResponse): void {
  outcome.operationName = operationName;
  outcome.operationKind = operationKind;
  outcome.errorCodes = errors && [...new Set(errors.map((error) => error.extensions.code))];
}
