import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { GatewayResponse, StreamRequest } from "../../request/graphql-request";
import { refuseMutationByGet } from "../operation-answer";
import { deliverResults } from "./deliver-results";
import { EVENT_STREAM_HEADERS, EventStream } from "./event-stream";
import type { StreamExecutor } from "./stream-executor";
import type { StreamPreference } from "./stream-preference";
import type { SubscriptionLimits } from "./subscription-limits";

export interface EventStreamDoorOptions {
  readonly gateway: StreamExecutor;
  readonly limits: SubscriptionLimits;
  readonly requestTimeoutMs: number;
  readonly log: Logger;
}

export interface EventStreamCall {
  readonly method: string;
  readonly preference: Exclude<StreamPreference, "never">;
  readonly operation: Omit<StreamRequest, "timeoutMs" | "signal" | "allowMutation">;
  readonly response: ServerResponse;
  /** Writes status 200 and all headers that every answer has, with these. */
  readonly writeHead: (headers: Readonly<Record<string, string>>) => void;
  /** Told of the response before it is sent; of a stream only what is known of all of it. */
  readonly noteResponse: (response: GatewayResponse) => void;
}

/** Answers operations by streams of events. */
export class EventStreamDoor {
  readonly #options: EventStreamDoorOptions;
  readonly #open = new Set<AbortController>();

  constructor(options: EventStreamDoorOptions) {
    this.#options = options;
  }

  /**
   * Settles when the stream has ended. A response is returned where there is none to be streamed and JSON was accepted, too.
   * @throws HttpRefusal 405 for a mutation by GET
   */
  async answer(call: EventStreamCall): Promise<GatewayResponse | undefined> {
    const { gateway, requestTimeoutMs: timeoutMs } = this.#options;
    const { method, operation, response } = call;
    const controller = new AbortController();
    const leave = () => controller.abort(new DOMException("the client has gone", "AbortError"));
    response.once("close", leave);
    this.#open.add(controller);
    try {
      const allowMutation = method === "POST";
      const { signal } = controller;
      const outcome = await gateway.subscribe({ ...operation, timeoutMs, signal, allowMutation });
      if (outcome.kind === "stream") {
        await this.#stream(call, outcome, signal);
        return undefined;
      }
      call.noteResponse(outcome.response);
      refuseMutationByGet(method, outcome.response);
      if (call.preference === "subscriptions") {
        return outcome.response;
      }
      const stream = this.#begin(call);
      await stream.send(outcome.response);
      stream.complete();
      return undefined;
    } finally {
      response.off("close", leave);
      this.#open.delete(controller);
    }
  }

  /** Ends what is open without a word. */
  abortAll(): void {
    for (const controller of this.#open) {
      controller.abort(new DOMException("the server is shutting down", "AbortError"));
    }
  }

  #begin({ response, writeHead }: EventStreamCall): EventStream {
    writeHead(EVENT_STREAM_HEADERS);
    return new EventStream(response, this.#options.limits);
  }

  async #stream(
    call: EventStreamCall,
    { operationName, results }: { operationName: string | undefined; results: AsyncIterable<GatewayResponse> },
    signal: AbortSignal,
  ): Promise<void> {
    call.noteResponse({ kind: "executed", operationKind: "subscription", operationName });
    const stream = this.#begin(call);
    await deliverResults({
      results,
      signal,
      send: (result) => stream.send(result),
      record: { requestId: call.operation.requestId, protocol: "sse", operationName },
      log: this.#options.log,
    });
    stream.complete();
  }
}
