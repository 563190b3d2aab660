import type { Gateway } from "../../gateway";
import type { GatewayRequest, GatewayResponse, StreamOutcome, StreamRequest } from "../../request/graphql-request";

/** A gateway that knows how many requests it answers, so that it can be closed after the last one. */
export class DrainingGateway {
  /** Resolves when the gateway is closed. */
  readonly ended: Promise<void>;
  #running = 0;
  #onIdle: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #end: () => void = () => undefined;

  constructor(readonly gateway: Gateway) {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  execute(request: GatewayRequest): Promise<GatewayResponse> {
    return this.#count(() => this.gateway.execute(request));
  }

  /** A stream that was opened does not count: a drain ends it by itself. */
  subscribe(request: StreamRequest): Promise<StreamOutcome> {
    return this.#count(() => this.gateway.subscribe(request));
  }

  /**
   * Tells subscriptions to be made again, and closes the gateway when nothing runs any more, at the latest after the given time.
   * To be called when it gets no new requests.
   * @returns requests that were still running
   */
  async drain(timeoutMs: number): Promise<number> {
    const told = this.gateway.endSubscriptions("schema_changed");
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs).unref();
    });
    await Promise.race([Promise.all([this.#idle(), told]), late]);
    clearTimeout(timer);
    const unfinished = this.#running;
    await this.close();
    return unfinished;
  }

  close(): Promise<void> {
    this.#closing ??= this.gateway.close().finally(this.#end);
    return this.#closing;
  }

  async #count<Outcome>(run: () => Promise<Outcome>): Promise<Outcome> {
    this.#running += 1;
    try {
      return await run();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) {
        this.#onIdle?.();
      }
    }
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#running === 0) {
        resolve();
      }
      this.#onIdle = resolve;
    });
  }
}
