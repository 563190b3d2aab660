import type { EndSignal } from "../request/end-signal";
import { AnswerBytes, type AnswerMemory } from "./answer-bytes";
import type { AnswerHead } from "./wire/answer-head";
import type { ConnectionPool } from "./wire/connection-pool";
import type { InstanceConnection, WireExchange } from "./wire/instance-connection";

/** What is decided about an answer before its body is read. @throws Error for an answer that is not wanted */
export type HeadCheck = (statusCode: number, headers: AnswerHead["headers"]) => void;

export interface ExchangeOptions {
  /** Head and body of the request. */
  readonly text: string;
  readonly signal: EndSignal;
  readonly checkHead: HeadCheck;
  /** Called as soon as the body has more than `maxBytes`, or all answers together more than `memory` has. */
  readonly refuseSize: () => Error;
  readonly maxBytes: number;
  readonly memory: AnswerMemory;
}

/**
 * One request over a pool's connection: the answer's body as text.
 * @throws what `checkHead` and `refuseSize` say, the signal's reason, or WireFault
 */
export function exchangeText(pool: ConnectionPool, options: ExchangeOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) {
      reject(options.signal.reason);
      return;
    }
    pool.run(new Exchange(pool, options, resolve, reject));
  });
}

class Exchange implements WireExchange {
  readonly text: string;
  readonly #pool: ConnectionPool;
  readonly #options: ExchangeOptions;
  readonly #resolve: (text: string) => void;
  readonly #reject: (error: unknown) => void;
  readonly #bytes: AnswerBytes;
  #connection: InstanceConnection | undefined;

  constructor(
    pool: ConnectionPool,
    options: ExchangeOptions,
    resolve: (text: string) => void,
    reject: (error: unknown) => void,
  ) {
    this.text = options.text;
    this.#pool = pool;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#bytes = new AnswerBytes(options.maxBytes, options.memory);
    options.signal.addEventListener("abort", this.#leave);
  }

  onStart(connection: InstanceConnection): void {
    this.#connection = connection;
  }

  onHead({ status, headers }: AnswerHead): void {
    this.#options.checkHead(status, headers);
  }

  onPiece(piece: Buffer): void {
    if (!this.#bytes.append(piece)) {
      throw this.#options.refuseSize();
    }
  }

  onEnd(): void {
    this.#options.signal.removeEventListener("abort", this.#leave);
    this.#resolve(this.#bytes.takeText());
  }

  onFailure(error: Error): void {
    this.#options.signal.removeEventListener("abort", this.#leave);
    this.#bytes.discard();
    this.#reject(error);
  }

  /** A connection in the middle of an answer that nobody reads is of no use to anybody. */
  readonly #leave = (): void => {
    const { reason } = this.#options.signal;
    if (this.#connection === undefined) {
      this.#pool.forget(this);
    } else {
      this.#connection.destroy();
    }
    this.onFailure(reason instanceof Error ? reason : new Error(String(reason)));
  };
}
