import type { SubgraphTransport } from "../../egress/subgraph-transport";

/** Where an instance is, and whom it answers for. */
export interface InstanceAddress {
  /** The subgraph's. */
  readonly name: string;
  readonly url: string;
  /** Where it is subscribed to, when that is not by GraphQL over SSE at `url`. */
  readonly subscriptions?: string;
}

interface Held {
  readonly transport: SubgraphTransport;
  leases: number;
}

/**
 * One transport for each instance, however many gateways use it: when a new schema is served, instances whose address did not
 * change keep their connections, and what is known about how they fail.
 */
export class SharedTransports {
  readonly #held = new Map<string, Held>();

  constructor(readonly open: (instance: InstanceAddress) => SubgraphTransport) {}

  /** By subgraph. Whoever closes one gives it back; the last to do so closes it for all. */
  lease(instances: readonly InstanceAddress[]): ReadonlyMap<string, SubgraphTransport> {
    const byName = new Map(instances.map((instance) => [instance.name, instance]));
    return new Map(Array.from(byName, ([name, instance]) => [name, this.#lease(instance)]));
  }

  #lease(instance: InstanceAddress): SubgraphTransport {
    const key = `${instance.name}\0${instance.url}\0${instance.subscriptions ?? ""}`;
    let held = this.#held.get(key);
    if (held === undefined) {
      held = { transport: this.open(instance), leases: 0 };
      this.#held.set(key, held);
    }
    held.leases += 1;
    return lend(held, () => this.#held.delete(key));
  }
}

function lend(held: Held, forget: () => void): SubgraphTransport {
  const { transport } = held;
  let isReturned = false;
  return {
    execute: (request) => transport.execute(request),
    ...(transport.subscribe !== undefined && { subscribe: transport.subscribe.bind(transport) }),
    async close() {
      // Given back twice, it would be closed under another's hands.
      if (isReturned) {
        return;
      }
      isReturned = true;
      held.leases -= 1;
      if (held.leases === 0) {
        forget();
        await transport.close();
      }
    },
  };
}
