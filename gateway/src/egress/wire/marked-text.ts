import { WireFault } from "./wire-fault";

/** Text that ends at a mark, in bytes that come in any pieces. */
export class MarkedText {
  readonly #mark: Buffer;
  #held: Buffer | undefined;
  #text = "";

  /** @param maxBytes of the text with its mark */
  constructor(
    mark: string,
    readonly maxBytes: number,
  ) {
    this.#mark = Buffer.from(mark, "latin1");
  }

  /** What was read last, without its mark; a character for each byte. */
  get text(): string {
    return this.#text;
  }

  /**
   * Reads on.
   * @returns where in `bytes` that begins what follows the mark; -1 when the mark is not there yet
   * @throws WireFault for more than is allowed
   */
  read(bytes: Buffer, start: number): number {
    const heldBytes = this.#held?.length ?? 0;
    // Copied again with every piece, but never more than `maxBytes`: less than what the arrival of a piece costs.
    const all = this.#held === undefined ? bytes : Buffer.concat([this.#held, bytes.subarray(start)]);
    const from = this.#held === undefined ? start : 0;
    const markAt = all.indexOf(this.#mark, Math.max(from, heldBytes - this.#mark.length + 1));
    const end = markAt === -1 ? all.length : markAt + this.#mark.length;
    if (end - from > this.maxBytes) {
      throw new WireFault("invalid", "a line or the headers of the answer are too long");
    }
    if (markAt === -1) {
      this.#held = this.#held === undefined ? Buffer.from(bytes.subarray(start)) : all;
      return -1;
    }
    this.#held = undefined;
    this.#text = all.toString("latin1", from, markAt);
    return from === 0 && heldBytes > 0 ? start + end - heldBytes : end;
  }
}
