import { LruCache } from "@alliance-hub/shared/lru-cache";

export interface KeepOptions {
  /** Of all that is kept, with the questions. */
  readonly maxBytes: number;
  /** However long an instance lets its answer be kept. */
  readonly maxAgeMs: number;
  /** Milliseconds since any fixed moment, never going back. */
  readonly clock: () => number;
}

interface KeptAnswer {
  readonly text: string;
  readonly untilMs: number;
}

/** A character takes one byte or two, and nobody can tell which without reading all of it. */
const BYTES_PER_CHARACTER = 2;
const BYTES_PER_ENTRY = 200;

/** Kinds of questions that are told apart by a number, so that the kind's text is not part of each entity's key. */
const KIND_BOUNDS = { maxEntries: 1_000, maxWeight: 1_000_000 };

/** A question longer than this is hardly asked twice. */
const MAX_KIND_CHARACTERS = 20_000;

/** What one instance lets be kept, as JSON text, until its time is over or there is no room. */
export class KeptAnswers {
  readonly #answers: LruCache<KeptAnswer>;
  readonly #kinds = new LruCache<number>(KIND_BOUNDS);
  #lastKind = 0;

  constructor(readonly options: KeepOptions) {
    this.#answers = new LruCache({ maxEntries: Number.POSITIVE_INFINITY, maxWeight: options.maxBytes });
  }

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  get bytes(): number {
    return this.#answers.weight;
  }

  /** The number of a kind of which something was kept; it never comes to mean another kind. */
  findKind(kind: string): number | undefined {
    return this.#kinds.get(kind);
  }

  /** Undefined for a kind of which nothing is to be kept. */
  openKind(kind: string): number | undefined {
    const known = this.#kinds.get(kind);
    if (known !== undefined || kind.length > MAX_KIND_CHARACTERS) {
      return known;
    }
    this.#lastKind += 1;
    this.#kinds.set(kind, this.#lastKind, kind.length);
    return this.#lastKind;
  }

  find(kind: number, question: string): string | undefined {
    const key = `${kind} ${question}`;
    const kept = this.#answers.get(key);
    if (kept !== undefined && this.options.clock() >= kept.untilMs) {
      this.#answers.delete(key);
      return undefined;
    }
    return kept?.text;
  }

  /** @param sinceMs when it was asked for, by the clock */
  keep(kind: number, question: string, text: string, maxAgeMs: number, sinceMs: number): void {
    const key = `${kind} ${question}`;
    const bytes = (key.length + text.length) * BYTES_PER_CHARACTER + BYTES_PER_ENTRY;
    this.#answers.set(key, { text, untilMs: sinceMs + Math.min(maxAgeMs, this.options.maxAgeMs) }, bytes);
  }
}
