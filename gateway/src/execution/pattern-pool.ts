/** Compiled patterns in use; each leaf in one is a kilobyte or two of machine code. */
const MAX_LEAVES = 10_000;

/**
 * Bounds what all compiled patterns of the process take: otherwise a thousand operations, each sent twice, would take hundreds
 * of megabytes. When there are too many, all are forgotten, and those that are still in use are compiled again.
 */
export class PatternPool {
  #generation = 0;
  #leaves = 0;

  constructor(readonly maxLeaves = MAX_LEAVES) {}

  get generation(): number {
    return this.#generation;
  }

  compile(source: string, leaves: number): RegExp {
    this.#leaves += leaves + 1;
    if (this.#leaves > this.maxLeaves) {
      this.#generation += 1;
      this.#leaves = leaves + 1;
    }
    return new RegExp(source, "y");
  }
}

/** One for the process, as the machine code is. */
export const PATTERN_POOL = new PatternPool();
