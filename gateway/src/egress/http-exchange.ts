import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { EndSignal } from "../end-signal";
import { AnswerBytes, type AnswerMemory } from "./answer-bytes";

/** What is decided about an answer before its body is read. @throws Error for an answer that is not wanted */
export type HeadCheck = (statusCode: number, headers: IncomingHttpHeaders) => void;

export interface ExchangeOptions {
  readonly request: Omit<Dispatcher.DispatchOptions, "origin">;
  readonly signal: EndSignal;
  readonly checkHead: HeadCheck;
  /** Called as soon as the body has more than `maxBytes`, or all answers together more than `memory` has. */
  readonly refuseSize: () => Error;
  readonly maxBytes: number;
  readonly memory: AnswerMemory;
  /** Called with every piece. @throws Error when the body takes too long, however much of it keeps coming */
  readonly checkProgress: () => void;
}

/**
 * One request over a pool's connection: its body as text.
 *
 * In place of undici's `request()`, whose streams for each answer cost more than the exchange itself (docs/performance.md).
 * @throws what `checkHead` and `refuseSize` say, the signal's reason, or undici's error
 */
export function exchangeText(pool: Dispatcher, options: ExchangeOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) {
      reject(options.signal.reason);
      return;
    }
    pool.dispatch(options.request, new Exchange(options, resolve, reject));
  });
}

/** Settles once; whatever undici still says afterwards is ignored, and a connection that is in the middle of it is closed. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #resolve: (text: string) => void;
  readonly #reject: (error: unknown) => void;
  readonly #bytes: AnswerBytes;
  #controller: Dispatcher.DispatchController | undefined;
  #failure: Error | undefined;

  constructor(options: ExchangeOptions, resolve: (text: string) => void, reject: (error: unknown) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#bytes = new AnswerBytes(options.maxBytes, options.memory);
    options.signal.addEventListener("abort", this.#leave);
  }

  readonly #leave = (): void => this.#fail(this.#options.signal.reason);

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection, and meanwhile nobody wants the answer any longer: nothing is sent.
    if (this.#failure !== undefined) {
      controller.abort(this.#failure);
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    if (statusCode < 200) {
      return;
    }
    try {
      this.#options.checkHead(statusCode, headers);
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#failure !== undefined) {
      return;
    }
    try {
      this.#options.checkProgress();
      if (!this.#bytes.append(piece)) {
        this.#fail(this.#options.refuseSize());
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseEnd(): void {
    this.#options.signal.removeEventListener("abort", this.#leave);
    this.#resolve(this.#bytes.takeText());
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(reason: unknown): void {
    if (this.#failure !== undefined) {
      return;
    }
    this.#failure = reason instanceof Error ? reason : new Error(String(reason));
    this.#options.signal.removeEventListener("abort", this.#leave);
    this.#bytes.discard();
    this.#reject(this.#failure);
    this.#controller?.abort(this.#failure);
  }
}
