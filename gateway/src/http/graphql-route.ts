import type { IncomingMessage, ServerResponse } from "node:http";
import { parse as parseSearch } from "node:querystring";
import type { Logger } from "pino";
import { PUBLIC_CLASS } from "../authorization-class";
import type { GatewayRequest, GatewayResponse } from "../graphql-request";
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

/** What the server needs of the gateway. */
export interface OperationExecutor {
  execute(request: GatewayRequest): Promise<GatewayResponse>;
}

export interface GraphqlRouteOptions {
  readonly gateway: OperationExecutor;
  readonly documents: DocumentSource;
  readonly limits: HttpLimits;
  readonly running: RunningRequests;
  readonly crossOrigin: CrossOriginPolicy;
  readonly drain: ConnectionDrain;
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
      answer = answerWithResponse(await this.#execute(request, response, requestId, outcome), accept);
    } catch (error) {
      const refusal = refusalOf(error, requestId, log);
      outcome.errorCodes = [refusal.error.code];
      answer = answerWithRefusal(refusal, accept);
    }
    this.#send(request, response, requestId, answer);
  }

  /** @throws HttpRefusal */
  async #execute(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    outcome: RequestOutcome,
  ): Promise<GatewayResponse> {
    const { gateway, documents, running } = this.#options;
    checkRequestHeaders(request);
    const { document, operationName, variables } = await this.#readParameters(request);
    const query = documents.resolveDocument(document);
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
    const { crossOrigin, drain } = this.#options;
    response.writeHead(status, [
      ...this.#constantHeaders,
      ...crossOrigin.headersFor(request),
      ...headers,
      ...(drain.isDraining ? ["connection", "close"] : []),
      "x-request-id",
      requestId,
      "content-type",
      `${mediaType}; charset=utf-8`,
      "content-length",
      String(Buffer.byteLength(body)),
    ]);
    response.end(body);
  }
}

function noteOutcome(outcome: RequestOutcome, { errors, operationName, operationKind }: GatewayResponse): void {
  outcome.operationName = operationName;
  outcome.operationKind = operationKind;
  outcome.errorCodes = errors && [...new Set(errors.map((error) => error.extensions.code))];
}
