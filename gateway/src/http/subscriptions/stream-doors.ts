import type { Server } from "node:http";
import { EventStreamDoor } from "./event-stream-door";
import { WebSocketDoor, type WebSocketDoorOptions } from "./web-socket-door";

/** Both ways by which clients take streams of results, and their common end. */
export class StreamDoors {
  readonly events: EventStreamDoor;
  readonly #sockets: WebSocketDoor;
  readonly #options: WebSocketDoorOptions;

  constructor(options: WebSocketDoorOptions) {
    const { gateway, limits, httpLimits, log } = options;
    this.#options = options;
    this.events = new EventStreamDoor({ gateway, limits, requestTimeoutMs: httpLimits.requestTimeoutMs, log });
    this.#sockets = new WebSocketDoor(options);
  }

  /** To be called before the server listens. */
  cover(server: Server): void {
    this.#sockets.cover(server);
  }

  /** Tells all clients to resume elsewhere. */
  close(): void {
    this.#sockets.close();
    void this.#options.gateway.endSubscriptions("shutting_down");
  }

  /** Cuts off what is left. */
  abortAll(): void {
    this.events.abortAll();
    this.#sockets.abortAll();
  }
}
