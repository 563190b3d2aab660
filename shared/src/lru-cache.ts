/** How much a cache may hold. Both are bounds: small entries are counted, large ones weighed. */
export interface CacheBounds {
  readonly maxEntries: number;
  /** Sum of the weights of all entries, in the unit in which `set` is told them. */
  readonly maxWeight: number;
}

/**
 * A map of bounded size that drops what was not used for longest.
 *
 * Who may choose the entries may also choose how large they are: a bound on their number alone lets a client fill the memory
 * with a thousand documents of the largest size that is accepted.
 */
export class LruCache<Value> {
  /** A Map keeps insertion order, so its first entry is the least recently used. */
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  #weight = 0;

  constructor(readonly bounds: CacheBounds) {}

  get size(): number {
    return this.#entries.size;
  }

  /** Sum of the weights of what is held. */
  get weight(): number {
    return this.#weight;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Puts an entry in place of the one that has this key. One that alone outweighs the cache is not kept. */
  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    if (weight > this.bounds.maxWeight) {
      return;
    }
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    while (this.#entries.size > this.bounds.maxEntries || this.#weight > this.bounds.maxWeight) {
      const [oldest] = this.#entries.keys();
      if (oldest === undefined) {
        return;
      }
      this.delete(oldest);
    }
  }

  /** What is held, that used last first. Looking at it counts as no use. */
  values(): Value[] {
    return Array.from(this.#entries.values(), ({ value }) => value).toReversed();
  }

  delete(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}
