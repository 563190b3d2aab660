import type { Logger } from "pino";
import type { Gateway } from "../../gateway";
import type { OperationExecutor } from "../../http/graphql-route";
import type { GatewayRequest, GatewayResponse, StreamOutcome, StreamRequest } from "../../request/graphql-request";
import type { SubscriptionEndReason } from "../../subscriptions/subscription-end";
import { DrainingGateway } from "./draining-gateway";
import { DEFAULT_WARM_UP, type WarmUpBounds, warmGateway } from "./warm-gateway";

export interface ServingOptions {
  /** How long running requests keep a gateway that is not current any more. */
  readonly drainTimeoutMs: number;
  readonly log: Logger;
  /** DEFAULT_WARM_UP without it. */
  readonly warmUp?: WarmUpBounds;
}

/** Gateways that still answer their last requests, at most: a schema that changes faster than requests end waits. */
const MAX_DRAINING = 4;

/**
 * The gateway that answers now. Another can take its place while requests run: each runs from its begin to its end on the
 * gateway that it began on.
 */
export class ServingGateway implements OperationExecutor {
  readonly #options: ServingOptions;
  readonly #draining = new Set<DrainingGateway>();
  #current: DrainingGateway;
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(first: Gateway, options: ServingOptions) {
    this.#options = options;
    this.#current = new DrainingGateway(first);
  }

  get schemaId(): string {
    return this.#current.gateway.schemaId;
  }

  execute(request: GatewayRequest): Promise<GatewayResponse> {
    return this.#current.execute(request);
  }

  subscribe(request: StreamRequest): Promise<StreamOutcome> {
    return this.#current.subscribe(request);
  }

  async endSubscriptions(reason: SubscriptionEndReason): Promise<void> {
    await Promise.all([this.#current, ...this.#draining].map(({ gateway }) => gateway.endSubscriptions(reason)));
  }

  /** Warms the gateway, switches to it, and lets the old one go when its last request has ended. Replacements wait for each other. */
  replace(next: Gateway): Promise<void> {
    const replaced = this.#last.then(() => this.#replace(next));
    this.#last = replaced.catch(() => undefined);
    return replaced;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
    await Promise.all([this.#current, ...this.#draining].map((one) => one.close()));
  }

  async #replace(next: Gateway): Promise<void> {
    const { log, warmUp = DEFAULT_WARM_UP } = this.#options;
    const beganAtMs = performance.now();
    const [oldest] = this.#draining;
    if (this.#draining.size >= MAX_DRAINING) {
      await oldest?.ended;
    }
    const { prepared, refused } = await warmGateway(next, this.#current.gateway, warmUp, {
      signal: this.#closing.signal,
      log,
    });
    const old = this.#current;
    this.#current = new DrainingGateway(next);
    log.info(
      {
        schemaId: next.schemaId,
        previousSchemaId: old.gateway.schemaId,
        durationMs: Math.round(performance.now() - beganAtMs),
        warmedOperations: prepared,
        refusedOperations: refused,
      },
      "a new schema is served",
    );
    this.#draining.add(old);
    void this.#drain(old);
  }

  async #drain(old: DrainingGateway): Promise<void> {
    const { drainTimeoutMs, log } = this.#options;
    try {
      const unfinished = await old.drain(drainTimeoutMs);
      log[unfinished === 0 ? "debug" : "warn"](
        { schemaId: old.gateway.schemaId, unfinished },
        "an old schema has gone",
      );
    } catch (error) {
      log.error({ schemaId: old.gateway.schemaId, err: error }, "closing an old schema failed");
    } finally {
      this.#draining.delete(old);
    }
  }
}
