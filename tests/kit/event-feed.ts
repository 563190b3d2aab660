import type { SubgraphStream, SubgraphStreamRequest } from "@alliance-hub/gateway/egress/subgraph-stream";
import type { SubgraphResponse } from "@alliance-hub/gateway/egress/subgraph-transport";

type Step = SubgraphResponse | undefined | Error;

/** A stream of events that come when the test says so. */
export class EventFeed implements SubgraphStream {
  readonly #steps: Step[] = [];
  #wake: (() => void) | undefined;
  /** What opened it; undefined before. */
  request: SubgraphStreamRequest | undefined;

  /** An event, the end (undefined), or what breaks the stream. */
  push(...steps: Step[]): void {
    this.#steps.push(...steps);
    this.#wake?.();
  }

  open(request: SubgraphStreamRequest): SubgraphStream {
    this.request = request;
    request.signal.addEventListener("abort", () => this.push(new Error("closed")));
    return this;
  }

  get isClosed(): boolean {
    return this.request?.signal.aborted === true;
  }

  async next(): Promise<SubgraphResponse | undefined> {
    while (this.#steps.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const step = this.#steps.shift();
    if (step instanceof Error) {
      throw step;
    }
    return step;
  }
}
