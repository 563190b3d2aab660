import { type EndSignal, isTimeUp } from "../request/end-signal";
import { type SlotLimits, SlotQueue } from "./slot-queue";
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnreachable,
  type UnreachableReason,
} from "./subgraph-transport";

export interface LimitedTransport extends SubgraphTransport {
  /** Fails all requests that were not sent yet. */
  turnAwayWaiting(reason: UnreachableReason, message: string): void;
}

/** As many as the transport has connections: more would wait there instead, where nothing bounds how many. */
export const DEFAULT_SLOTS: SlotLimits = { maxRunning: 64, maxWaiting: 2_048 };

interface Waiter {
  readonly start: () => void;
  readonly fail: (error: SubgraphUnreachable) => void;
}

/**
 * Sends a bounded number of requests at a time and lets a bounded number wait. Without a bound, requests to one slow
 * instance pile up until the gateway has no memory for the others.
 * @param name the subgraph's, for logs
 */
export function limitConcurrency(transport: SubgraphTransport, name: string, limits: SlotLimits): LimitedTransport {
  const queue = new SlotQueue<Waiter>(limits);

  async function run(request: SubgraphRequest): Promise<SubgraphResponse> {
    try {
      return await transport.execute(request);
    } finally {
      queue.leave()?.start();
    }
  }

  function runLater(request: SubgraphRequest): Promise<SubgraphResponse> {
    return new Promise((resolve, reject) => {
      const { signal } = request;
      const stopListening = () => signal.removeEventListener("abort", leave);
      const waiter: Waiter = {
        start() {
          stopListening();
          run(request).then(resolve, reject);
        },
        fail(error) {
          stopListening();
          reject(error);
        },
      };
      const leave = () => {
        if (queue.giveUp(waiter)) {
          waiter.fail(describeEnd(signal, name));
        }
      };
      if (signal.aborted) {
        reject(describeEnd(signal, name));
      } else if (queue.tryWait(waiter)) {
        signal.addEventListener("abort", leave);
      } else {
        reject(new SubgraphUnreachable(name, "overloaded", `${limits.maxWaiting} requests wait for it already`));
      }
    });
  }

  function turnAwayWaiting(reason: UnreachableReason, message: string): void {
    for (const waiter of queue.clear()) {
      waiter.fail(new SubgraphUnreachable(name, reason, message));
    }
  }

  return {
    execute: (request) => (queue.tryStart() ? run(request) : runLater(request)),
    // Streams have a bound of their own: they would hold their slots for hours.
    ...(transport.subscribe !== undefined && { subscribe: transport.subscribe }),
    turnAwayWaiting,
    async close() {
      turnAwayWaiting("aborted", "the gateway is closing");
      await transport.close();
    },
  };
}

function describeEnd(signal: EndSignal, name: string): SubgraphUnreachable {
  return new SubgraphUnreachable(
    name,
    isTimeUp(signal) ? "timed_out" : "aborted",
    "the request ended before it was sent",
  );
}
