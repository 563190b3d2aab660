import { AnswerBytes, type AnswerMemory } from "../answer-bytes";

export interface EventStreamHandler {
  /** @param name of the field `event`; empty where there was none */
  onEvent(name: string, data: string, bytes: number): void;
  /** Comments, and fields that mean nothing here. */
  onChatter(bytes: number): void;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * `text/event-stream` (WHATWG HTML, section 9.2.6), piece by piece. Of one event no more is kept than `maxEventBytes`,
 * whether its lines end or not.
 */
export class EventStreamParser {
  readonly #line: AnswerBytes;
  #isFirstLine = true;
  #isDiscarded = false;
  #isAfterReturn = false;
  #name = "";
  #data: string[] = [];
  #bytes = 0;

  constructor(
    readonly maxEventBytes: number,
    memory: AnswerMemory,
    readonly handler: EventStreamHandler,
  ) {
    this.#line = new AnswerBytes(maxEventBytes, memory);
  }

  /** False when that is more of an event than may be kept; nothing may be pushed then. */
  push(piece: Buffer): boolean {
    let start = 0;
    let nextReturn = piece.indexOf(CARRIAGE_RETURN);
    while (start < piece.length && !this.#isDiscarded) {
      if (this.#isAfterReturn) {
        // `\r\n` is one end of a line, also when the two bytes come in two pieces.
        this.#isAfterReturn = false;
        if (piece[start] === LINE_FEED) {
          start += 1;
          continue;
        }
      }
      if (nextReturn !== -1 && nextReturn < start) {
        nextReturn = piece.indexOf(CARRIAGE_RETURN, start);
      }
      const nextFeed = piece.indexOf(LINE_FEED, start);
      const end = nextReturn === -1 || (nextFeed !== -1 && nextFeed < nextReturn) ? nextFeed : nextReturn;
      const part = piece.subarray(start, end === -1 ? undefined : end);
      this.#bytes += part.length;
      if (this.#bytes > this.maxEventBytes || !this.#line.append(part)) {
        return false;
      }
      if (end === -1) {
        return true;
      }
      this.#isAfterReturn = piece[end] === CARRIAGE_RETURN;
      start = end + 1;
      this.#readLine(this.#line.size, this.#line.takeText());
    }
    return true;
  }

  /** Nothing more is wanted, also not of the piece at hand. */
  discard(): void {
    this.#isDiscarded = true;
    this.#line.discard();
    this.#data = [];
  }

  #readLine(bytes: number, text: string): void {
    const line = this.#isFirstLine && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    this.#isFirstLine = false;
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") {
      this.#name = value;
    } else if (field === "data") {
      this.#data.push(value);
    } else {
      this.#bytes -= bytes;
      this.handler.onChatter(bytes + 1);
    }
  }

  #dispatch(): void {
    const name = this.#name;
    const data = this.#data;
    const bytes = this.#bytes;
    this.#name = "";
    this.#data = [];
    this.#bytes = 0;
    // Unlike in the specification an event may have a name and no data: so do some servers say `complete`.
    if (name === "" && data.length === 0) {
      this.handler.onChatter(1);
    } else {
      this.handler.onEvent(name, data.join("\n"), bytes);
    }
  }
}
