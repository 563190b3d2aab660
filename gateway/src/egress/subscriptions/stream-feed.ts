import type { AnswerMemory } from "../answer-bytes";
import { parseAnswer } from "../response-body";
import { type SubgraphStream, type SubgraphStreamRequest, SubscriberTooSlow } from "../subgraph-stream";
import { type SubgraphResponse, SubgraphUnreachable } from "../subgraph-transport";
import { EventQueue } from "./event-queue";
import type { StreamLimits } from "./stream-limits";

export interface StreamFeedOptions {
  /** The subgraph's, for logs. */
  readonly name: string;
  readonly request: SubgraphStreamRequest;
  readonly limits: StreamLimits;
  readonly memory: AnswerMemory;
  /** Called once, whatever ends the stream: closes the connection, if it is not closed yet. */
  readonly hangUp: () => void;
}

/**
 * One stream of events, whatever protocol brings it: its clocks, its bounds and its end. Ends once; what the connection still
 * brings afterwards is ignored.
 */
export class StreamFeed implements SubgraphStream {
  readonly #options: StreamFeedOptions;
  readonly #queue: EventQueue;
  readonly #opening: Promise<SubgraphStream>;
  #settleOpening: (error?: Error) => void = () => undefined;
  #timer: NodeJS.Timeout;
  #chatterBytes = 0;
  #chatterSince = performance.now();
  #isEnded = false;

  constructor(options: StreamFeedOptions) {
    const { request, limits, memory } = options;
    this.#options = options;
    this.#queue = new EventQueue(limits.maxWaiting, memory);
    this.#opening = new Promise((resolve, reject) => {
      this.#settleOpening = (error) => (error === undefined ? resolve(this) : reject(error));
    });
    const openMs = Math.max(0, Math.min(limits.openMs, request.deadlineAtMs - Date.now()));
    this.#timer = setTimeout(() => this.fail("timed_out", "the subscription is not taken in time"), openMs);
    request.signal.addEventListener("abort", this.#leave);
    if (request.signal.aborted) {
      this.#leave();
    }
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Settles when the instance has taken the subscription, or turned it away. */
  get opening(): Promise<SubgraphStream> {
    return this.#opening;
  }

  /** The instance has taken the subscription; from now on it must not be silent. */
  accept(): void {
    if (this.#isEnded) {
      return;
    }
    clearTimeout(this.#timer);
    const { silenceMs } = this.#options.limits;
    this.#timer = setTimeout(() => this.fail("timed_out", "the stream is silent for too long"), silenceMs);
    this.#settleOpening();
  }

  /** Something came. To be called after accept(). */
  noteProgress(): void {
    if (!this.#isEnded) {
      this.#timer.refresh();
    }
  }

  /** Something came that is no event. Each costs time, and nothing else would ever end it. */
  noteChatter(bytes: number): void {
    const nowMs = performance.now();
    if (nowMs - this.#chatterSince > this.#options.limits.silenceMs) {
      this.#chatterSince = nowMs;
      this.#chatterBytes = 0;
    }
    this.#chatterBytes += bytes;
    if (this.#chatterBytes > this.#options.limits.maxChatterBytes) {
      this.fail("invalid", "the stream has too much in it that is no event");
    }
  }

  /** @param text an answer of GraphQL, not looked at before it is taken */
  receive(text: string, bytes: number): void {
    if (!this.#isEnded && !this.#queue.push(text, bytes)) {
      this.#end(new SubscriberTooSlow("more events came than may wait"));
    }
  }

  complete(): void {
    this.#end(undefined);
  }

  fail(reason: SubgraphUnreachable["reason"], message: string, cause?: unknown): void {
    this.#end(new SubgraphUnreachable(this.#options.name, reason, message, { cause }));
  }

  async next(): Promise<SubgraphResponse | undefined> {
    const text = await this.#queue.take();
    if (text === undefined) {
      return undefined;
    }
    try {
      return parseAnswer(text, this.#options.name);
    } catch (error) {
      this.#queue.clear();
      this.#end(error instanceof Error ? error : undefined);
      throw error;
    }
  }

  /** Stays until the signal is aborted, also behind the end: what waits still is held until then. */
  readonly #leave = (): void => {
    this.#queue.clear();
    this.fail("aborted", "nobody waits for the events any longer");
  };

  #end(error: Error | undefined): void {
    if (this.#isEnded) {
      return;
    }
    this.#isEnded = true;
    clearTimeout(this.#timer);
    this.#queue.end(error);
    this.#settleOpening(error);
    this.#options.hangUp();
  }
}
