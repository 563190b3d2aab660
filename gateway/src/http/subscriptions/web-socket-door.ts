import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { WebSocketServer } from "ws";
import { logRequest } from "../../telemetry/request-log";
import type { DocumentSource } from "../documents/document-source";
import type { HttpLimits } from "../http-limits";
import { HttpRefusal } from "../http-refusal";
import { chooseRequestId } from "../request-id";
import { ignoreUpgrade } from "./ignore-upgrade";
import { refuseUpgrade } from "./refuse-upgrade";
import type { StreamExecutor } from "./stream-executor";
import type { SubscriptionLimits } from "./subscription-limits";
import { WebSocketSession } from "./web-socket-session";

export interface WebSocketDoorOptions {
  readonly path: string;
  readonly gateway: StreamExecutor;
  readonly documents: DocumentSource;
  readonly limits: SubscriptionLimits;
  readonly httpLimits: HttpLimits;
  /** Sites whose pages may open sockets, beside the hub's own; `*` for all. */
  readonly origins: readonly string[];
  readonly log: Logger;
}

const SUBPROTOCOL = "graphql-transport-ws";

/** Pieces of one message: each costs an object, however small it is. */
const MAX_PIECES = 1_024;

/** Takes WebSockets that speak `graphql-transport-ws` (the protocol of the library graphql-ws). */
export class WebSocketDoor {
  readonly #options: WebSocketDoorOptions;
  readonly #handshake: WebSocketServer;
  readonly #sessions = new Set<WebSocketSession>();
  #isClosing = false;

  constructor(options: WebSocketDoorOptions) {
    this.#options = options;
    this.#handshake = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // More is refused before it is parsed (close code 1009).
      maxPayload: options.httpLimits.maxBodyBytes,
      maxFragments: MAX_PIECES,
      maxBufferedChunks: MAX_PIECES,
      perMessageDeflate: false,
      autoPong: false,
      handleProtocols: (protocols) => (protocols.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
  }

  cover(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Nobody else listens, and a connection that breaks now must not end the process.
      socket.on("error", () => socket.destroy());
      if (request.headers.upgrade?.toLowerCase() !== "websocket") {
        ignoreUpgrade(server, request, socket, head);
        return;
      }
      const refusal = this.#findRefusal(request);
      if (refusal === undefined) {
        this.#accept(request, socket, head);
      } else {
        refuseUpgrade(socket, refusal);
        this.#logHandshake(request, refusal.status, refusal.error.code);
      }
    });
  }

  /** Takes no more sockets; each is closed as soon as nothing runs on it. To be told to resume is the gateway's to say. */
  close(): void {
    this.#isClosing = true;
    for (const session of this.#sessions) {
      session.closeWhenIdle();
    }
  }

  /** Cuts off what is left. */
  abortAll(): void {
    for (const session of this.#sessions) {
      session.cut();
    }
  }

  #findRefusal(request: IncomingMessage): HttpRefusal | undefined {
    const { path, limits } = this.#options;
    if (request.url !== path && request.url?.startsWith(`${path}?`) !== true) {
      return new HttpRefusal(404, "NOT_FOUND", `There is nothing here. GraphQL is served at ${path}.`);
    }
    if (!this.#isOriginAllowed(request)) {
      return new HttpRefusal(403, "FORBIDDEN", "Pages of this origin may not open a socket here.");
    }
    if (this.#isClosing || this.#sessions.size >= limits.maxSockets) {
      return new HttpRefusal(503, "RATE_LIMITED", "No more sockets are taken: try again later.");
    }
    return undefined;
  }

  /**
   * The same-origin policy does not hold for WebSockets: any page may open one, and its browser sends along what it has of the
   * hub. Only browsers send an origin, and none can leave it out.
   */
  #isOriginAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    const { origins } = this.#options;
    if (origin === undefined || origins.includes("*") || origins.includes(origin)) {
      return true;
    }
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  #accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#handshake.handleUpgrade(request, socket, head, (webSocket) => {
      this.#logHandshake(request, 101);
      const { gateway, documents, limits, httpLimits, log } = this.#options;
      const session = new WebSocketSession({ webSocket, gateway, documents, limits, httpLimits, log });
      this.#sessions.add(session);
      webSocket.once("close", () => this.#sessions.delete(session));
      if (webSocket.protocol === SUBPROTOCOL) {
        session.start();
      } else {
        session.close(4406, "Subprotocol not acceptable");
      }
    });
  }

  #logHandshake(request: IncomingMessage, status: number, code?: string): void {
    logRequest(this.#options.log, {
      requestId: chooseRequestId(request),
      method: request.method ?? "GET",
      path: request.url?.split("?", 1)[0] ?? "",
      status,
      durationMs: 0,
      ...(code !== undefined && { errorCodes: [code] }),
    });
  }
}
