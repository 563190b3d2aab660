import { type RawData, WebSocket } from "ws";
import { refuseHarmfulStructure } from "../response-body";
import { SubgraphUnreachable, type UnreachableReason } from "../subgraph-transport";
import { StreamFeed } from "./stream-feed";
import type { StreamOptions } from "./stream-options";

/** Room around an event's payload: `{"id":"1","type":"next","payload":...}` and what else an instance writes there. */
const ENVELOPE_BYTES = 1_024;

/** Pieces of one message: each costs an object, however small it is. */
const MAX_PIECES = 4_096;

/** What may wait to be sent; an instance that sends pings and reads no pongs gets none. */
const MAX_UNSENT_BYTES = 16 * 1024;

/** A connection has one subscription, so there is one id. */
const ID = "1";

/** How often the connection is tried within the silence that is allowed. */
const PINGS_PER_SILENCE = 3;

/** Subscribes over a connection of its own (`graphql-transport-ws`, the protocol of the library graphql-ws). */
export function openWebSocket(options: StreamOptions): StreamFeed {
  return new WebSocketExchange(options).feed;
}

type State = "connecting" | "initialising" | "subscribed";

class WebSocketExchange {
  readonly feed: StreamFeed;
  readonly #options: StreamOptions;
  #socket: WebSocket | undefined;
  #pings: NodeJS.Timeout | undefined;
  #state: State = "connecting";

  constructor(options: StreamOptions) {
    this.#options = options;
    const { name, request, limits, memory } = options;
    this.feed = new StreamFeed({ name, request, limits, memory, hangUp: () => this.#hangUp() });
    if (!this.feed.isEnded) {
      this.#connect();
    }
  }

  #connect(): void {
    const { url, request, limits } = this.#options;
    const socket = new WebSocket(url, "graphql-transport-ws", {
      headers: { "x-request-id": request.requestId },
      followRedirects: false,
      // Nothing compressed is accepted: a few kilobytes can unpack to gigabytes.
      perMessageDeflate: false,
      maxPayload: limits.maxEventBytes + ENVELOPE_BYTES,
      maxFragments: MAX_PIECES,
      maxBufferedChunks: MAX_PIECES,
      autoPong: false,
    });
    this.#socket = socket;
    socket.on("error", (error) => this.feed.fail(reasonOf(error), error.message, error));
    socket.on("close", (code) => this.feed.fail("refused", `the connection was closed (${code})`));
    socket.on("open", () => {
      this.#state = "initialising";
      this.#send({ type: "connection_init" });
    });
    socket.on("ping", (data) => {
      this.#noteSign(data.length);
      if (socket.bufferedAmount < MAX_UNSENT_BYTES) {
        socket.pong(data);
      }
    });
    socket.on("pong", (data) => this.#noteSign(data.length));
    socket.on("message", (data, isBinary) => {
      if (!this.feed.isEnded) {
        this.#readMessage(data, isBinary);
      }
    });
  }

  #readMessage(data: RawData, isBinary: boolean): void {
    if (isBinary || !Buffer.isBuffer(data)) {
      this.feed.fail("invalid", "a message is binary");
      return;
    }
    let message: unknown;
    const text = data.toString("utf8");
    try {
      refuseHarmfulStructure(text, this.#options.name);
      message = JSON.parse(text);
    } catch (error) {
      const reason = error instanceof SubgraphUnreachable ? error.reason : "invalid";
      this.feed.fail(reason, "a message is not JSON, or has too much in it", error);
      return;
    }
    if (typeof message !== "object" || message === null) {
      this.feed.fail("invalid", "a message is no object");
      return;
    }
    this.#handle(message as Readonly<Record<string, unknown>>, data.length);
  }

  #handle({ type, id, payload }: Readonly<Record<string, unknown>>, bytes: number): void {
    if (type === "ping") {
      this.#noteSign(bytes);
      if ((this.#socket?.bufferedAmount ?? 0) < MAX_UNSENT_BYTES) {
        this.#send({ type: "pong" });
      }
    } else if (type === "pong") {
      this.#noteSign(bytes);
    } else if (type === "connection_ack" && this.#state === "initialising") {
      this.#subscribe();
    } else if (this.#state === "subscribed" && id === ID && type === "next") {
      this.feed.noteProgress();
      this.feed.receive(JSON.stringify(payload ?? null), bytes);
    } else if (this.#state === "subscribed" && id === ID && type === "error") {
      this.feed.receive(JSON.stringify({ errors: payload }), bytes);
      this.feed.complete();
    } else if (this.#state === "subscribed" && id === ID && type === "complete") {
      this.feed.complete();
    } else {
      this.feed.fail("invalid", "a message is none of the protocol, or comes where it must not");
    }
  }

  #subscribe(): void {
    const { query, operationName, variables, body } = this.#options.request;
    const payload = body ?? JSON.stringify({ query, operationName, variables });
    this.#state = "subscribed";
    this.#socket?.send(`{"id":"${ID}","type":"subscribe","payload":${payload}}`);
    this.feed.accept();
    // Whoever speaks WebSocket answers a ping frame, so an instance need not do anything to show that it lives.
    this.#pings = setInterval(
      () => this.#socket?.ping(),
      Math.ceil(this.#options.limits.silenceMs / PINGS_PER_SILENCE),
    );
  }

  #noteSign(bytes: number): void {
    // A frame costs more than its payload.
    this.feed.noteChatter(bytes + 8);
    if (this.#state === "subscribed") {
      this.feed.noteProgress();
    }
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #hangUp(): void {
    clearInterval(this.#pings);
    const socket = this.#socket;
    if (socket?.readyState === WebSocket.OPEN) {
      // The instance stops its work at once. It is not waited for: one that does not close would keep the connection.
      socket.close(1000);
      setTimeout(() => socket.terminate(), CLOSE_MS).unref();
    } else {
      socket?.terminate();
    }
    this.#options.onEnd();
  }
}

/** For the other side to confirm the end. */
const CLOSE_MS = 1_000;

function reasonOf(error: Error): UnreachableReason {
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
    return "too_large";
  }
  return /^(WS_ERR_|HPE_)/.test(code) || /^(Unexpected server response|Invalid |Server sent)/.test(error.message)
    ? "invalid"
    : "refused";
}
