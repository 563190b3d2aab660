import { createHash } from "node:crypto";
import { type CacheBounds, LruCache } from "@alliance-hub/shared/lru-cache";

/** Any client fills this store, so it is small: 1000 documents and 4 million characters. */
export const DEFAULT_AUTOMATIC_DOCUMENTS: CacheBounds = { maxEntries: 1_000, maxWeight: 4_000_000 };

/** Documents that clients have sent once and name by their SHA-256 from then on (automatic persisted queries). */
export class AutomaticDocuments {
  readonly #texts: LruCache<string>;

  constructor(bounds: CacheBounds = DEFAULT_AUTOMATIC_DOCUMENTS) {
    this.#texts = new LruCache(bounds);
  }

  /** The text of which this is the SHA-256 in hexadecimal digits, unless it was never seen or is forgotten. */
  find(sha256Hash: string): string | undefined {
    return this.#texts.get(sha256Hash.toLowerCase());
  }

  /**
   * Keeps a text under its hash.
   * @returns false when it has another hash: whoever could choose the hash could answer others' questions with his own
   */
  keep(sha256Hash: string, text: string): boolean {
    const hash = sha256Hash.toLowerCase();
    if (createHash("sha256").update(text).digest("hex") !== hash) {
      return false;
    }
    this.#texts.set(hash, text, text.length);
    return true;
  }
}
