import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { AnswerBytes, type AnswerMemory } from "../answer-bytes";
import type { UnreachableReason } from "../subgraph-transport";
import { EventStreamParser } from "./event-stream-parser";
import { StreamFeed } from "./stream-feed";
import type { StreamOptions } from "./stream-options";

/** Not compressed. `none` is no name of an encoding, but what the library graphql-sse says. */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(["identity", "none"]);

const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Subscribes by POST and reads events (GraphQL over SSE, distinct connections mode): `next` has a result, `complete` is the
 * end. An instance that answers in JSON instead turns the subscription away: its answer is the only event.
 * Redirects are not followed and nothing compressed is accepted, as in http-transport.ts.
 */
export function openEventStream(options: StreamOptions): StreamFeed {
  return new EventStreamExchange(options).feed;
}

class EventStreamExchange {
  readonly feed: StreamFeed;
  readonly #parser: EventStreamParser;
  /** Set when the answer is no stream. */
  #answer: AnswerBytes | undefined;
  readonly #memory: AnswerMemory;
  #sent: ClientRequest | undefined;

  constructor(options: StreamOptions) {
    const { name, request, limits, memory, onEnd } = options;
    this.#memory = memory;
    this.#parser = new EventStreamParser(limits.maxEventBytes, memory, {
      onEvent: (event, data, bytes) => this.#readEvent(event, data, bytes),
      onChatter: (bytes) => this.feed.noteChatter(bytes),
    });
    const hangUp = () => {
      this.#parser.discard();
      this.#answer?.discard();
      // Not within the piece that ends the stream: Node 20 loses count of its own requests then, and the process never exits.
      setImmediate(() => this.#sent?.destroy());
      onEnd();
    };
    this.feed = new StreamFeed({ name, request, limits, memory, hangUp });
    if (!this.feed.isEnded) {
      this.#send(options);
    }
  }

  #send({ url, request }: StreamOptions): void {
    const { query, operationName, variables, requestId, body } = request;
    const text = body ?? JSON.stringify({ query, operationName, variables });
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const sent = send(url, {
      method: "POST",
      // A stream keeps its connection for as long as it lasts, so it has one of its own.
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
        // Nothing beside it: the library graphql-sse takes a list for a client that wants no stream.
        accept: "text/event-stream",
        "x-request-id": requestId,
      },
    });
    this.#sent = sent;
    // Stays when the stream is over: a connection that breaks then must not end the process.
    sent.on("error", (error) => this.feed.fail(reasonOf(error), error.message, error));
    sent.on("close", () => this.feed.fail("refused", "the connection was closed"));
    sent.on("upgrade", (_response, socket) => {
      socket.destroy();
      this.feed.fail("invalid", "the instance changes the protocol");
    });
    sent.on("response", (response) => {
      response.on("error", (error) => this.feed.fail(reasonOf(error), error.message, error));
      response.on("data", (piece: Buffer) => this.#receive(piece));
      response.on("end", () => this.#receiveEnd());
      this.#readHead(response);
    });
    sent.end(text);
  }

  #readHead({ statusCode = 0, headers }: IncomingMessage): void {
    const encoding = headers["content-encoding"];
    const mediaType = readMediaType(headers["content-type"]);
    if (encoding !== undefined && !PLAIN_ENCODINGS.has(encoding)) {
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

  #receive(piece: Buffer): void {
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

  #receiveEnd(): void {
    if (this.#answer !== undefined && !this.feed.isEnded) {
      const bytes = this.#answer.size;
      this.feed.accept();
      this.feed.receive(this.#answer.takeText(), bytes);
      this.feed.complete();
    }
    this.feed.fail("refused", "the stream ended without saying so");
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

function readMediaType(header: string | undefined): string {
  const [mediaType = ""] = (header ?? "").split(";");
  return mediaType.trim().toLowerCase();
}

/** It talks, but not HTTP as it should; or the connection failed. The feed has the clocks. */
function reasonOf(error: NodeJS.ErrnoException): UnreachableReason {
  return error.code?.startsWith("HPE_") === true ? "invalid" : "refused";
}
