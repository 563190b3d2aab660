import { type AnswerHead, parseAnswerHead } from "./answer-head";
import { MarkedText } from "./marked-text";
import { WireFault } from "./wire-fault";

/** Who an answer is for. Both may throw, which ends the reading. */
export interface AnswerSink {
  onHead(head: AnswerHead): void;
  onPiece(piece: Buffer): void;
}

const MAX_HEAD_BYTES = 16 * 1024;
/** A size in hexadecimal, and extensions that nobody uses. */
const MAX_CHUNK_LINE_BYTES = 256;
const CHUNK_LINE = /^([0-9a-f]{1,12})[ \t]*(?:;[\t\x20-\x7e]*)?$/i;

type State = "head" | "body" | "chunk-size" | "chunk" | "chunk-end" | "trailers" | "until-close" | "done";

/** Reads one answer (HTTP/1.1, RFC 9112) from bytes that come in any pieces. */
export class AnswerReader {
  readonly #sink: AnswerSink;
  readonly #headText = new MarkedText("\r\n\r\n", MAX_HEAD_BYTES);
  #line: MarkedText | undefined;
  #state: State = "head";
  #head: AnswerHead | undefined;
  /** Bytes that the body, or this chunk of it, still has. */
  #remaining = 0;
  #trailerBytes = 0;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  get isDone(): boolean {
    return this.#state === "done";
  }

  /** Undefined until it is there. */
  get head(): AnswerHead | undefined {
    return this.#head;
  }

  /**
   * @returns how many of the bytes belong to the answer: all of them, unless it is done
   * @throws WireFault for what is not HTTP; and what the sink throws
   */
  read(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.#state !== "done") {
      at = this.#step(bytes, at);
    }
    return at;
  }

  /** Nothing more comes. @throws WireFault when something is missing */
  end(): void {
    if (this.#state !== "until-close" && this.#state !== "done") {
      throw new WireFault("refused", "the connection was closed before the answer was there");
    }
    this.#state = "done";
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case "head":
        return this.#readHead(bytes, at);
      case "body":
        return this.#readPiece(bytes, at, "done");
      case "chunk":
        return this.#readPiece(bytes, at, "chunk-end");
      case "until-close":
        this.#sink.onPiece(at === 0 ? bytes : bytes.subarray(at));
        return bytes.length;
      default:
        return this.#readLine(bytes, at);
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    const next = this.#headText.read(bytes, at);
    if (next === -1) {
      return bytes.length;
    }
    const head = parseAnswerHead(this.#headText.text);
    if (head.status < 200) {
      // Something for the meantime (RFC 9110, 15.2). Another protocol was not asked for.
      if (head.status === 101) {
        throw new WireFault("invalid", "the instance changes the protocol");
      }
      return next;
    }
    this.#head = head;
    this.#sink.onHead(head);
    if (head.bodyLength === "chunked") {
      this.#state = "chunk-size";
    } else if (head.bodyLength === "until-close") {
      this.#state = "until-close";
    } else {
      this.#remaining = head.bodyLength;
      this.#state = head.bodyLength === 0 ? "done" : "body";
    }
    return next;
  }

  #readPiece(bytes: Buffer, at: number, afterwards: State): number {
    const end = Math.min(bytes.length, at + this.#remaining);
    this.#sink.onPiece(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
    this.#remaining -= end - at;
    if (this.#remaining === 0) {
      this.#state = afterwards;
    }
    return end;
  }

  /** Of the frame around chunks (RFC 9112, section 7.1). */
  #readLine(bytes: Buffer, at: number): number {
    this.#line ??= new MarkedText("\r\n", MAX_CHUNK_LINE_BYTES);
    const next = this.#line.read(bytes, at);
    if (next === -1) {
      return bytes.length;
    }
    const line = this.#line.text;
    if (this.#state === "chunk-size") {
      const [, digits] = CHUNK_LINE.exec(line) ?? [];
      if (digits === undefined) {
        throw new WireFault("invalid", "a piece of the body has no size");
      }
      this.#remaining = Number.parseInt(digits, 16);
      this.#state = this.#remaining === 0 ? "trailers" : "chunk";
    } else if (this.#state === "chunk-end") {
      if (line !== "") {
        throw new WireFault("invalid", "a piece of the body is longer than it says");
      }
      this.#state = "chunk-size";
    } else {
      this.#readTrailer(line);
    }
    return next;
  }

  /** Nobody asked for trailers: they are skipped. */
  #readTrailer(line: string): void {
    if (line === "") {
      this.#state = "done";
      return;
    }
    this.#trailerBytes += line.length;
    if (this.#trailerBytes > MAX_HEAD_BYTES) {
      throw new WireFault("invalid", "the trailers of the answer are too long");
    }
  }
}
