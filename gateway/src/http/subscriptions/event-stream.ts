import type { ServerResponse } from "node:http";
import type { GatewayResponse } from "../../request/graphql-request";
import { serializeResponse } from "../operation-answer";
import type { SubscriptionLimits } from "./subscription-limits";

/** Headers of a stream of events, beside those that every answer has. */
export const EVENT_STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // Proxies that gather an answer before they pass it on (nginx) would hold events back.
  "x-accel-buffering": "no",
} as const;

/** A comment: means nothing, and keeps connections from looking idle. */
const HEARTBEAT = ":\n\n";

/**
 * The client's side of GraphQL over SSE (distinct connections mode): a comment at once, results as `next`, then `complete`.
 * To be made when the head of the response has been written.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #limits: SubscriptionLimits;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(response: ServerResponse, limits: SubscriptionLimits) {
    this.#response = response;
    this.#limits = limits;
    // A client that left is noticed by "close"; what is written meanwhile must not end the process.
    response.on("error", () => undefined);
    this.#write(HEARTBEAT);
    this.#heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) {
        this.#write(HEARTBEAT);
      }
    }, limits.heartbeatMs);
    response.once("close", () => clearInterval(this.#heartbeat));
  }

  /** Settles when the client has taken enough to be sent more, or has gone. One that takes nothing is cut off. */
  async send(result: GatewayResponse): Promise<void> {
    // JSON text has no line breaks of its own.
    this.#write(`event: next\ndata: ${serializeResponse(result)}\n\n`);
    if (this.#response.writableNeedDrain && !this.#response.destroyed) {
      await this.#awaitDrain();
    }
  }

  complete(): void {
    clearInterval(this.#heartbeat);
    if (!this.#response.destroyed) {
      this.#response.end("event: complete\ndata: \n\n");
    }
  }

  #write(text: string): void {
    if (!this.#response.destroyed && !this.#response.writableEnded) {
      this.#response.write(text);
    }
  }

  #awaitDrain(): Promise<void> {
    const response = this.#response;
    return new Promise((resolve) => {
      const timer = setTimeout(() => response.destroy(), this.#limits.stallTimeoutMs);
      const settle = () => {
        clearTimeout(timer);
        response.off("drain", settle);
        response.off("close", settle);
        resolve();
      };
      response.once("drain", settle);
      response.once("close", settle);
    });
  }
}
