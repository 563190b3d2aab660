import { isAscii } from "node:buffer";

/** Pieces that are gathered before they become one. */
const PIECES_TO_JOIN = 1_024;

/** What each answer may have in memory, whatever the others have. */
const FREE_BYTES = 256 * 1024;

/** Bytes of all answers of one instance that are being received at this moment. */
export class AnswerMemory {
  #heldBytes = 0;

  constructor(readonly maxBytes: number) {}

  get heldBytes(): number {
    return this.#heldBytes;
  }

  hold(bytes: number): void {
    this.#heldBytes += bytes;
  }

  release(bytes: number): void {
    this.#heldBytes -= bytes;
  }

  get isExhausted(): boolean {
    return this.#heldBytes > this.maxBytes;
  }
}

/**
 * One answer that is being received. An instance that sends single bytes must not make the gateway keep an object for each:
 * 16 MiB would take gigabytes. So pieces are joined from time to time.
 */
export class AnswerBytes {
  #joined: Buffer[] = [];
  #recent: Buffer[] = [];
  #size = 0;

  constructor(
    readonly maxBytes: number,
    readonly memory: AnswerMemory,
  ) {}

  get size(): number {
    return this.#size;
  }

  /** False when that is more than may be kept; nothing may be appended then. */
  append(piece: Buffer): boolean {
    this.#size += piece.length;
    this.memory.hold(piece.length);
    if (this.#size > this.maxBytes || (this.#size > FREE_BYTES && this.memory.isExhausted)) {
      return false;
    }
    this.#recent.push(piece);
    if (this.#recent.length === PIECES_TO_JOIN) {
      this.#joined.push(Buffer.concat(this.#recent));
      this.#recent = [];
    }
    return true;
  }

  /** The whole as text; nothing is kept. */
  takeText(): string {
    const [first] = this.#recent;
    const isOnePiece = first !== undefined && this.#recent.length === 1 && this.#joined.length === 0;
    const bytes = isOnePiece ? first : Buffer.concat([...this.#joined, ...this.#recent]);
    this.discard();
    // Most answers have nothing but ASCII, which is decoded in half the time.
    return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
  }

  discard(): void {
    this.memory.release(this.#size);
    this.#size = 0;
    this.#joined = [];
    this.#recent = [];
  }
}
