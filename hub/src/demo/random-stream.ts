import { createHash } from "node:crypto";
import { invariant } from "@alliance-hub/shared/invariant";

/**
 * Random numbers that a seed and a label fix for ever. Each kind of row draws from a stream with a label of its own, so that
 * one more row of one kind changes no row of another. Algorithm: sfc32 (Doty-Humphrey, PractRand), started from a SHA-256.
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string, label: string) {
    const digest = createHash("sha256").update(`${seed}\n${label}`).digest();
    this.#a = digest.readUInt32LE(0);
    this.#b = digest.readUInt32LE(4);
    this.#c = digest.readUInt32LE(8);
    // The generator's author lets the state mix before the first number is used.
    for (let round = 0; round < 12; round++) {
      this.nextUint32();
    }
  }

  nextUint32(): number {
    const result = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) >>> 0;
    return result;
  }

  /** A whole number from 0 to bound - 1, each equally likely. */
  nextBelow(bound: number): number {
    invariant(
      Number.isInteger(bound) && bound > 0 && bound <= 2 ** 32,
      "the bound of a draw is a positive 32-bit number",
    );
    // Numbers above the last full multiple of the bound would make small results more likely.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let drawn = this.nextUint32();
    while (drawn >= limit) {
      drawn = this.nextUint32();
    }
    return drawn % bound;
  }

  /** A whole number from one bound to the other, both included. */
  nextBetween(lowest: number, highest: number): number {
    return lowest + this.nextBelow(highest - lowest + 1);
  }

  /** True in `percent` of 100 draws. */
  nextChance(percent: number): boolean {
    return this.nextBelow(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.nextBelow(choices.length)];
    invariant(choice !== undefined, "nothing to pick from");
    return choice;
  }

  /** The same elements in another order (Fisher-Yates). */
  shuffle<T>(elements: readonly T[]): T[] {
    const shuffled = [...elements];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.nextBelow(last + 1);
      const moved = shuffled[last] as T;
      shuffled[last] = shuffled[other] as T;
      shuffled[other] = moved;
    }
    return shuffled;
  }
}
