import type { Logger } from "pino";
import { type RawData, WebSocket } from "ws";
import type { DocumentSource } from "../documents/document-source";
import type { HttpLimits } from "../http-limits";
import { type ClientMessage, readClientMessage } from "./client-message";
import { SocketOperation } from "./socket-operation";
import type { StreamExecutor } from "./stream-executor";
import type { SubscriptionLimits } from "./subscription-limits";

export interface WebSocketSessionOptions {
  readonly webSocket: WebSocket;
  readonly gateway: StreamExecutor;
  readonly documents: DocumentSource;
  readonly limits: SubscriptionLimits;
  readonly httpLimits: HttpLimits;
  readonly log: Logger;
}

/** One client's socket: `graphql-transport-ws` (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). */
export class WebSocketSession {
  readonly #options: WebSocketSessionOptions;
  readonly #socket: WebSocket;
  readonly #operations = new Map<string, SocketOperation>();
  readonly #timers: NodeJS.Timeout[] = [];
  #isInitialised = false;
  #isAnswering = true;
  #isClosing = false;
  #idleSinceMs = performance.now();

  constructor(options: WebSocketSessionOptions) {
    this.#options = options;
    this.#socket = options.webSocket;
    // ws closes the socket by itself, with the code that the error asks for.
    this.#socket.on("error", () => undefined);
    this.#socket.once("close", () => this.#end());
  }

  start(): void {
    const { initTimeoutMs, heartbeatMs } = this.#options.limits;
    const socket = this.#socket;
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("ping", (data) => this.#isRoomy() && socket.pong(data));
    socket.on("pong", () => {
      this.#isAnswering = true;
    });
    const initTimer = setTimeout(() => {
      if (!this.#isInitialised) {
        this.close(4408, "Connection initialisation timeout");
      }
    }, initTimeoutMs);
    this.#timers.push(
      initTimer,
      setInterval(() => this.#beat(), heartbeatMs),
    );
  }

  /** @param reason at most 123 bytes */
  close(code: number, reason: string): void {
    this.#endOperations();
    this.#socket.close(code, reason);
    // A client that does not confirm must not keep the socket; ws would wait for half a minute.
    setTimeout(() => this.#socket.terminate(), CLOSE_MS).unref();
  }

  closeWhenIdle(): void {
    this.#isClosing = true;
    if (this.#operations.size === 0) {
      this.close(1012, "Service restart");
    }
  }

  cut(): void {
    this.#socket.terminate();
  }

  #end(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#endOperations();
  }

  #endOperations(): void {
    for (const operation of this.#operations.values()) {
      operation.leave();
    }
    this.#operations.clear();
  }

  #beat(): void {
    const { idleTimeoutMs } = this.#options.limits;
    if (!this.#isAnswering) {
      this.cut();
    } else if (this.#operations.size === 0 && performance.now() - this.#idleSinceMs > idleTimeoutMs) {
      this.close(1000, "Idle");
    } else {
      this.#isAnswering = false;
      this.#socket.ping();
    }
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    this.#isAnswering = true;
    const message = isBinary || !Buffer.isBuffer(data) ? undefined : readClientMessage(data);
    if (message === undefined) {
      this.close(4400, "Invalid message");
      return;
    }
    switch (message.type) {
      case "connection_init":
        if (this.#isInitialised) {
          this.close(4429, "Too many initialisation requests");
          return;
        }
        this.#isInitialised = true;
        void this.#send('{"type":"connection_ack"}');
        return;
      case "ping":
        void this.#send('{"type":"pong"}');
        return;
      case "pong":
        return;
      case "subscribe":
        this.#subscribe(message);
        return;
      case "complete":
        this.#operations.get(message.id)?.leave();
        this.#forget(message.id);
        return;
    }
  }

  #subscribe({ id, payload }: Extract<ClientMessage, { type: "subscribe" }>): void {
    if (!this.#isInitialised) {
      this.close(4401, "Unauthorized");
      return;
    }
    if (this.#operations.has(id)) {
      this.close(4409, `Subscriber for ${id} already exists`);
      return;
    }
    const { limits, gateway, documents, httpLimits, log } = this.#options;
    const operation = new SocketOperation({
      id,
      payload,
      gateway,
      documents,
      httpLimits,
      log,
      send: (text) => this.#send(text),
    });
    if (this.#operations.size >= limits.maxOperationsPerSocket) {
      void operation.refuse("LIMIT_EXCEEDED", "Too many operations run on this socket.", { limit: "socketOperations" });
      return;
    }
    this.#operations.set(id, operation);
    void operation.run().finally(() => {
      // The id may be another operation's by now: its client has completed this one.
      if (this.#operations.get(id) === operation) {
        this.#forget(id);
      }
    });
  }

  #forget(id: string): void {
    this.#operations.delete(id);
    if (this.#operations.size === 0) {
      this.#idleSinceMs = performance.now();
      if (this.#isClosing) {
        this.closeWhenIdle();
      }
    }
  }

  /** Settles when the text has been passed to the system, or the socket is closed. */
  #send(text: string): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return Promise.resolve();
    }
    if (!this.#isRoomy()) {
      // It sends requests and reads no answers.
      this.cut();
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#socket.send(text, () => resolve()));
  }

  #isRoomy(): boolean {
    return this.#socket.bufferedAmount <= this.#options.limits.maxUnsentBytes;
  }
}

/** For the client to confirm the end. */
const CLOSE_MS = 2_000;
