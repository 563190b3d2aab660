import { randomUUID } from "node:crypto";
import { ERROR_CODES, type ErrorCode } from "@alliance-hub/shared/error-codes";
import type { ErrorDetails } from "@alliance-hub/shared/hub-error";
import type { Logger } from "pino";
import type { GatewayResponse, StreamOutcome } from "../../request/graphql-request";
import { logRequest } from "../../telemetry/request-log";
import type { DocumentSource } from "../documents/document-source";
import type { HttpLimits } from "../http-limits";
import { HttpRefusal } from "../http-refusal";
import { serializeResponse, statusOfResponse } from "../operation-answer";
import { checkJsonValue } from "../request-json";
import { readBodyParameters } from "../request-parameters";
import { deliverResults } from "./deliver-results";
import type { StreamExecutor } from "./stream-executor";

export interface SocketOperationOptions {
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly gateway: StreamExecutor;
  readonly documents: DocumentSource;
  readonly httpLimits: HttpLimits;
  readonly log: Logger;
  /** Never rejects. */
  readonly send: (text: string) => Promise<void>;
}

/** One operation over a socket, through the same checks as one over HTTP. */
export class SocketOperation {
  readonly #options: SocketOperationOptions;
  readonly #controller = new AbortController();
  readonly #requestId = randomUUID();
  readonly #startedAt = performance.now();

  constructor(options: SocketOperationOptions) {
    this.#options = options;
  }

  /** Settles when it is over. Never rejects. */
  async run(): Promise<void> {
    const { log, gateway, httpLimits } = this.#options;
    const { signal } = this.#controller;
    try {
      const { query, operationName, variables } = this.#readOperation();
      const outcome = await gateway.subscribe({
        query,
        operationName,
        variables,
        requestId: this.#requestId,
        timeoutMs: httpLimits.requestTimeoutMs,
        signal,
        allowMutation: true,
      });
      await this.#answer(outcome);
    } catch (error) {
      if (error instanceof HttpRefusal) {
        await this.#refuse(error);
      } else {
        log.error({ err: error, requestId: this.#requestId }, "request failed unexpectedly");
        await this.refuse("INTERNAL", "Something went wrong inside the hub.");
      }
    }
  }

  /** The client wants no more of it. */
  leave(): void {
    this.#controller.abort(new DOMException("the client has gone", "AbortError"));
  }

  refuse(code: ErrorCode, message: string, details?: ErrorDetails): Promise<void> {
    return this.#refuse(new HttpRefusal(ERROR_CODES[code].httpStatus, code, message, details));
  }

  async #refuse({ status, error }: HttpRefusal): Promise<void> {
    this.#log(status, undefined, [error.code]);
    await this.#send("error", JSON.stringify([{ message: error.message, extensions: error.extensions }]));
  }

  /** @throws HttpRefusal */
  #readOperation() {
    const { payload, documents, httpLimits } = this.#options;
    checkJsonValue(payload, "The payload", httpLimits);
    const { document, ...parameters } = readBodyParameters(payload);
    return { query: documents.resolveDocument(document), ...parameters };
  }

  async #answer(outcome: StreamOutcome): Promise<void> {
    if (outcome.kind === "stream") {
      await deliverResults({
        results: outcome.results,
        signal: this.#controller.signal,
        send: (result) => this.#send("next", serializeResponse(result)),
        record: { requestId: this.#requestId, protocol: "graphql-ws", operationName: outcome.operationName },
        log: this.#options.log,
      });
      await this.#send("complete");
      return;
    }
    const { response } = outcome;
    const codes = new Set(response.errors?.map(({ extensions }) => extensions.code));
    this.#log(statusOfResponse(response, "application/graphql-response+json"), response, [...codes]);
    if (response.kind === "request-error") {
      await this.#send("error", JSON.stringify(response.errors));
    } else {
      await this.#send("next", serializeResponse(response));
      await this.#send("complete");
    }
  }

  #log(status: number, response: GatewayResponse | undefined, errorCodes: readonly string[]): void {
    logRequest(this.#options.log, {
      requestId: this.#requestId,
      method: "WS",
      path: "/graphql",
      status,
      durationMs: performance.now() - this.#startedAt,
      operationName: response?.operationName,
      operationKind: response?.operationKind,
      ...(errorCodes.length > 0 && { errorCodes }),
    });
  }

  async #send(type: "next" | "error" | "complete", payload?: string): Promise<void> {
    // What its client has completed is not heard of again: the id may be another operation's by now.
    if (!this.#controller.signal.aborted) {
      const id = JSON.stringify(this.#options.id);
      await this.#options.send(`{"id":${id},"type":"${type}"${payload === undefined ? "" : `,"payload":${payload}`}}`);
    }
  }
}
