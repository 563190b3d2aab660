import { setTimeout as sleep } from "node:timers/promises";

/**
 * Writes down which requests a gateway makes for one operation, wave by wave: a wave is what arrives before anything of it
 * was answered. As every answer is held back for the same time, which must be long beside what a gateway needs between two
 * steps, requests of one wave are those that do not wait for each other.
 */
export class RequestRecorder {
  /** Lists of `{ subgraph, body }`, in the order of their steps. */
  waves = [];
  #isWaveOpen = false;

  constructor(delayMs) {
    this.delayMs = delayMs;
  }

  async wait(subgraph, body) {
    if (!this.#isWaveOpen) {
      this.#isWaveOpen = true;
      this.waves.push([]);
    }
    this.waves.at(-1).push({ subgraph, body });
    await sleep(this.delayMs);
    this.#isWaveOpen = false;
  }
}
