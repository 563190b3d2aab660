import type { Logger } from "pino";
import { type BreakCircuitOptions, breakCircuit, DEFAULT_CIRCUIT } from "./break-circuit";
import { createHttpTransport, type HttpTransportOptions } from "./http-transport";
import { DEFAULT_SLOTS, limitConcurrency } from "./limit-concurrency";
import { DEFAULT_RETRIES, type RetryOptions, retryQueries } from "./retry-queries";
import type { SlotLimits } from "./slot-queue";
import type { SubgraphTransport } from "./subgraph-transport";
import { createSubscriber, type Subscriber } from "./subscriptions/create-subscriber";
import type { StreamLimits } from "./subscriptions/stream-limits";

export interface ProtectionOptions {
  /** The subgraph's name, for logs. */
  readonly name: string;
  readonly slots?: Partial<SlotLimits>;
  readonly circuit?: Partial<Omit<BreakCircuitOptions, "name" | "clock" | "onChange">>;
  readonly retries?: Partial<RetryOptions>;
  /** Milliseconds since any fixed moment, never going back. */
  readonly monotonicClock?: () => number;
  readonly log?: Logger;
}

export interface InstanceOptions extends HttpTransportOptions, ProtectionOptions {
  /** Where subscriptions are opened: `ws:` and `wss:` speak graphql-transport-ws; without it as `url`, by GraphQL over SSE. */
  readonly subscriptionsUrl?: string;
  readonly streams?: Partial<StreamLimits>;
}

/** One instance of a subgraph over HTTP, so that it can be slow, down or wrong without hurting requests to others. */
export function createInstanceTransport(options: InstanceOptions): SubgraphTransport {
  const slots = { ...(options.connections !== undefined && { maxRunning: options.connections }), ...options.slots };
  const { name, url, subscriptionsUrl = url, streams } = options;
  const transport = addSubscriber(
    createHttpTransport(options),
    createSubscriber({ name, url: subscriptionsUrl, limits: streams }),
  );
  return protectTransport(transport, { ...options, slots });
}

/**
 * From the outside in: retry, circuit, slots. So each attempt is judged by the circuit, and an open circuit fails a request
 * without letting it wait for a slot. Those that wait already when it opens are told at once: the instance would keep them
 * until their time is over. Only who takes over the slot of the request that failed is sent still.
 */
export function protectTransport(transport: SubgraphTransport, options: ProtectionOptions): SubgraphTransport {
  const { name, log, monotonicClock = () => performance.now() } = options;
  const limited = limitConcurrency(transport, name, { ...DEFAULT_SLOTS, ...options.slots });
  const breakable = breakCircuit(limited, {
    ...DEFAULT_CIRCUIT,
    ...options.circuit,
    name,
    clock: monotonicClock,
    onChange(state) {
      log?.[state === "open" ? "warn" : "info"]({ subgraph: name, state }, "circuit");
      if (state === "open") {
        limited.turnAwayWaiting("circuit_open", "it failed too often while the request waited");
      }
    },
  });
  return retryQueries(breakable, { ...DEFAULT_RETRIES, random: Math.random, ...options.retries });
}

function addSubscriber(transport: SubgraphTransport, subscriber: Subscriber): SubgraphTransport {
  return {
    execute: (request) => transport.execute(request),
    subscribe: (request) => subscriber.subscribe(request),
    async close() {
      await Promise.all([transport.close(), subscriber.close()]);
    },
  };
}
