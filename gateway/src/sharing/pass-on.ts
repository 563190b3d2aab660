import type { SubgraphTransport } from "../egress/subgraph-transport";

/** Of a transport, what is not shared: streams of events, and its end. */
export function passOn(transport: SubgraphTransport): Omit<SubgraphTransport, "execute"> {
  return {
    ...(transport.subscribe !== undefined && { subscribe: transport.subscribe.bind(transport) }),
    close: () => transport.close(),
  };
}
