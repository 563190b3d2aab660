import type { Socket } from "node:net";
import { AnswerReader, type AnswerSink } from "./answer-reader";
import { WireFault } from "./wire-fault";
import type { WireTimeouts } from "./wire-timeouts";

/** One request, and who waits for its answer. */
export interface WireExchange extends AnswerSink {
  /** Head and body of the request. */
  readonly text: string;
  /** It has a connection now, on which nobody else is; to destroy that is to give the request up. */
  onStart(connection: InstanceConnection): void;
  onEnd(): void;
  /** Nothing else is called afterwards. */
  onFailure(error: Error): void;
}

/** Who has the connection. */
export interface ConnectionOwner {
  readonly timeouts: WireTimeouts;
  /** The answer is there, and the connection can be used again. */
  onFree(connection: InstanceConnection): void;
  onClose(connection: InstanceConnection): void;
}

/** A kept connection is not used in its last second: a request must not meet the closing. */
const CLOSING_MARGIN_MS = 1_000;

/** One connection to an instance, with one request at a time: an instance that is slow to answer one holds up no other. */
export class InstanceConnection {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  #exchange: WireExchange | undefined;
  #reader: AnswerReader | undefined;
  #isConnected = false;
  #isClosed = false;
  #error: Error | undefined;
  /** When what is waited for next must be there; of an idle connection, when it is closed. */
  #dueAtMs = Number.POSITIVE_INFINITY;
  #bodyEndsAtMs = Number.POSITIVE_INFINITY;

  /**
   * @param socket connecting
   * @param readyEvent says that bytes can be sent: `connect`, or `secureConnect`
   */
  constructor(socket: Socket, readyEvent: "connect" | "secureConnect", owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket.setNoDelay(true);
    socket.once(readyEvent, () => {
      this.#isConnected = true;
      this.#send();
    });
    socket.on("data", (bytes: Buffer) => this.#receive(bytes));
    // The instance says no more; a kept connection must not be used between this and its closing.
    socket.once("end", () => {
      if (this.#exchange === undefined) {
        this.destroy();
      }
    });
    socket.on("error", (error) => {
      this.#error = error;
    });
    socket.once("close", () => this.#noteClose());
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** To be called on a new or a free connection. */
  start(exchange: WireExchange, nowMs: number): void {
    this.#exchange = exchange;
    this.#reader = new AnswerReader(exchange);
    exchange.onStart(this);
    if (this.#isConnected) {
      this.#send(nowMs);
    } else {
      this.#dueAtMs = nowMs + this.#owner.timeouts.connectMs;
    }
  }

  /** Closes it when its time is over, and fails what it was waited for. */
  checkTime(nowMs: number): void {
    if (nowMs >= this.#dueAtMs) {
      this.fail(new WireFault("timed_out", this.#isConnected ? "the answer takes too long" : "nobody answers"));
    }
  }

  /** Closes it, and fails what is under way. */
  fail(error: unknown): void {
    const exchange = this.#exchange;
    this.destroy();
    exchange?.onFailure(error instanceof Error ? error : new Error(String(error)));
  }

  /** Nobody waits for its answer any longer. Nothing is called. */
  destroy(): void {
    this.#exchange = undefined;
    this.#isClosed = true;
    this.#socket.destroy();
  }

  #send(nowMs = performance.now()): void {
    if (this.#exchange !== undefined) {
      const { headersMs, bodyMs } = this.#owner.timeouts;
      this.#dueAtMs = nowMs + headersMs;
      this.#bodyEndsAtMs = nowMs + bodyMs;
      this.#socket.write(this.#exchange.text);
    }
  }

  #receive(bytes: Buffer): void {
    if (this.#exchange === undefined || this.#reader === undefined) {
      // Nothing was asked: what comes now would be taken for the next answer.
      this.destroy();
      return;
    }
    const reader = this.#reader;
    let isMore: boolean;
    try {
      isMore = reader.read(bytes) < bytes.length;
    } catch (error) {
      this.fail(error);
      return;
    }
    if (reader.isDone) {
      this.#finish(this.#exchange, isMore ? 0 : (reader.head?.keepAliveMs ?? 0));
    } else if (reader.head !== undefined) {
      // A body that drips never stalls: it has to end, too.
      this.#dueAtMs = Math.min(performance.now() + this.#owner.timeouts.stallMs, this.#bodyEndsAtMs);
    }
  }

  #finish(exchange: WireExchange, keepAliveMs: number): void {
    this.#exchange = undefined;
    const { idleMs } = this.#owner.timeouts;
    const idleForMs = Math.min(idleMs, keepAliveMs - CLOSING_MARGIN_MS);
    if (idleForMs > 0 && this.#socket.writableLength === 0) {
      this.#dueAtMs = performance.now() + idleForMs;
      this.#owner.onFree(this);
    } else {
      this.destroy();
    }
    exchange.onEnd();
  }

  #noteClose(): void {
    this.#isClosed = true;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#owner.onClose(this);
    if (exchange === undefined) {
      return;
    }
    try {
      if (this.#error !== undefined) {
        throw new WireFault("refused", this.#error.message, { cause: this.#error });
      }
      this.#reader?.end();
    } catch (error) {
      exchange.onFailure(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    exchange.onEnd();
  }
}
