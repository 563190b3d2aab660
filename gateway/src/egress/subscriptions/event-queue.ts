import type { AnswerMemory } from "../answer-bytes";

/** What each stream may keep, whatever the others do. */
const FREE_BYTES = 256 * 1024;

interface WaitingEvent {
  readonly text: string;
  readonly bytes: number;
}

/**
 * Events of one stream that nobody has taken yet, as text: 1 MiB of `[]` becomes twenty times that when it is parsed. Bounded
 * in number and, together with all other streams of the instance, in bytes.
 */
export class EventQueue {
  readonly #waiting: WaitingEvent[] = [];
  #bytes = 0;
  #end: { readonly error: Error | undefined } | undefined;
  #taker: { readonly resolve: (text: string | undefined) => void; readonly reject: (error: Error) => void } | undefined;

  constructor(
    readonly maxWaiting: number,
    readonly memory: AnswerMemory,
  ) {}

  /** False when there is no room; nothing was added then. */
  push(text: string, bytes: number): boolean {
    if (this.#taker !== undefined) {
      const { resolve } = this.#taker;
      this.#taker = undefined;
      resolve(text);
      return true;
    }
    const isOverBytes = this.#bytes + bytes > FREE_BYTES && this.memory.heldBytes + bytes > this.memory.maxBytes;
    if (this.#waiting.length >= this.maxWaiting || isOverBytes) {
      return false;
    }
    this.#waiting.push({ text, bytes });
    this.#hold(bytes);
    return true;
  }

  /** What waits is still to be taken; then comes the end, or the error. Only the first end counts. */
  end(error?: Error): void {
    if (this.#end !== undefined) {
      return;
    }
    this.#end = { error };
    const taker = this.#taker;
    this.#taker = undefined;
    if (error === undefined) {
      taker?.resolve(undefined);
    } else {
      taker?.reject(error);
    }
  }

  /** Nobody wants what waits. */
  clear(): void {
    this.#waiting.length = 0;
    this.#hold(-this.#bytes);
  }

  /** The next event, or undefined at the end. @throws the error that ended the queue */
  async take(): Promise<string | undefined> {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      this.#hold(-next.bytes);
      return next.text;
    }
    if (this.#end !== undefined) {
      if (this.#end.error !== undefined) {
        throw this.#end.error;
      }
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.#taker = { resolve, reject };
    });
  }

  #hold(bytes: number): void {
    this.#bytes += bytes;
    this.memory.hold(bytes);
  }
}
