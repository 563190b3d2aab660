import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { AnswerBytes, type AnswerMemory } from "../answer-bytes";
import type { SubgraphStreamRequest } from "../subgraph-stream";
import type { UnreachableReason } from "../subgraph-transport";
import { EventStreamParser } from "./event-stream-parser";
import { StreamFeed } from "./stream-feed";
import type { StreamLimits } from "./stream-limits";

export interface EventStreamOptions {
  /** The subgraph's, for logs. */
  readonly name: string;
  readonly dispatcher: Dispatcher;
  readonly path: string;
  readonly request: SubgraphStreamRequest;
  readonly limits: StreamLimits;
  readonly memory: AnswerMemory;
  /** Called once, when the stream is over. */
  readonly onEnd: () => void;
}

/** Not compressed. `none` is no name of an encoding, but what the library graphql-sse says. */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(["identity", "none"]);

/**
 * Subscribes by POST and reads events (GraphQL over SSE, distinct connections mode): `next` has a result, `complete` is the
 * end. An instance that answers in JSON instead turns the subscription away: its answer is the only event.
 * Redirects are not followed and nothing compressed is accepted, as in http-transport.ts.
 */
export function openEventStream(options: EventStreamOptions): StreamFeed {
  const { dispatcher, path, request } = options;
  const exchange = new EventStreamExchange(options);
  if (!exchange.feed.isEnded) {
    const { query, operationName, variables, requestId } = request;
    dispatcher.dispatch(
      {
        method: "POST",
        path,
        headers: [
          "content-type",
          "application/json",
          // Nothing beside it: the library graphql-sse takes a list for a client that wants no stream.
          "accept",
          "text/event-stream",
          "x-request-id",
          requestId,
        ],
        body: request.body ?? JSON.stringify({ query, operationName, variables }),
      },
      exchange,
    );
  }
  return exchange.feed;
}

class EventStreamExchange implements Dispatcher.DispatchHandler {
  readonly feed: StreamFeed;
  readonly #parser: EventStreamParser;
  /** Set when the answer is no stream. */
  #answer: AnswerBytes | undefined;
  readonly #memory: AnswerMemory;
  #controller: Dispatcher.DispatchController | undefined;

  constructor({ name, request, limits, memory, onEnd }: EventStreamOptions) {
    this.#memory = memory;
    this.#parser = new EventStreamParser(limits.maxEventBytes, memory, {
      onEvent: (event, data, bytes) => this.#readEvent(event, data, bytes),
      onChatter: (bytes) => this.feed.noteChatter(bytes),
    });
    const hangUp = () => {
      this.#parser.discard();
      this.#answer?.discard();
      this.#controller?.abort(new DOMException("the stream is over", "AbortError"));
      onEnd();
    };
    this.feed = new StreamFeed({ name, request, limits, memory, hangUp });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.feed.isEnded) {
      controller.abort(new DOMException("the stream is over", "AbortError"));
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    if (statusCode < 200) {
      return;
    }
    const encoding = headers["content-encoding"];
    const mediaType = readMediaType(headers["content-type"]);
    if (encoding !== undefined && !PLAIN_ENCODINGS.has(String(encoding))) {
      this.feed.fail("invalid", "the stream is compressed, which was not asked for");
    } else if (statusCode === 200 && mediaType === "text/event-stream") {
      this.feed.accept();
    } else if (isAnswer(statusCode, mediaType)) {
      // Has to be complete in the time for opening: one that drips would not be silent for hours.
      this.#answer = new AnswerBytes(this.#parser.maxEventBytes, this.#memory);
    } else {
      this.feed.fail("invalid", `status ${statusCode} with ${mediaType || "no media type"}`);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.feed.isEnded) {
      return;
    }
    if (this.#answer === undefined) {
      this.feed.noteProgress();
    }
    const isWithinLimits = this.#answer === undefined ? this.#parser.push(piece) : this.#answer.append(piece);
    if (!isWithinLimits) {
      this.feed.fail("too_large", "more of an event than is read");
    }
  }

  onResponseEnd(): void {
    if (this.#answer !== undefined && !this.feed.isEnded) {
      const bytes = this.#answer.size;
      this.feed.accept();
      this.feed.receive(this.#answer.takeText(), bytes);
      this.feed.complete();
    }
    this.feed.fail("refused", "the stream ended without saying so");
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.feed.fail(reasonOf(error), error.message, error);
  }

  #readEvent(name: string, data: string, bytes: number): void {
    if (name === "next") {
      this.feed.receive(data, bytes);
    } else if (name === "complete") {
      this.feed.complete();
    } else {
      this.feed.noteChatter(bytes);
    }
  }
}

/** A refusal, in GraphQL: in plain JSON a 5xx may be a proxy's. */
function isAnswer(statusCode: number, mediaType: string): boolean {
  if (statusCode >= 300 && statusCode < 400) {
    return false;
  }
  return mediaType === "application/graphql-response+json" || (mediaType === "application/json" && statusCode < 500);
}

function readMediaType(header: string | string[] | undefined): string {
  const [mediaType = ""] = String(header ?? "").split(";");
  return mediaType.trim().toLowerCase();
}

function reasonOf(error: Error): UnreachableReason {
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (/TIMEOUT/.test(code)) {
    return "timed_out";
  }
  return error.name === "HTTPParserError" || /^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES)/.test(code)
    ? "invalid"
    : "refused";
}
