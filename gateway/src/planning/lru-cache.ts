/** A map that holds at most so many entries and drops the one that was not used for longest. */
export class LruCache<Value> {
  /** A Map keeps insertion order, so its first entry is the least recently used. */
  readonly #entries = new Map<string, Value>();

  constructor(readonly maxEntries: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.maxEntries) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) {
        this.#entries.delete(oldest);
      }
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
