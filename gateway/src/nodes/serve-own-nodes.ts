import type { DocumentNode } from "graphql";
import type { Logger } from "pino";
import { NODE_SUBGRAPH_URL } from "../composition/node-subgraph";
import type { SubgraphTransport } from "../egress/subgraph-transport";
import { createSubgraphCaller } from "../partitions/subgraph-caller";
import { createNodeTransport } from "./node-transport";

interface ComposedGraph {
  readonly document: DocumentNode;
  /** Subgraph name -> address. */
  readonly subgraphs: ReadonlyMap<string, string>;
}

type Transports = ReadonlyMap<string, SubgraphTransport>;

/** Adds the gateway's own subgraph, which it answers itself, unless the graph has none or somebody else was named for it. */
export function serveOwnNodes(graph: ComposedGraph, transports: Transports, log: Logger): Transports {
  const own = [...graph.subgraphs].find(([name, url]) => url === NODE_SUBGRAPH_URL && !transports.has(name));
  if (own === undefined) {
    return transports;
  }
  const [name] = own;
  const callSubgraph = createSubgraphCaller(transports, log);
  return new Map([...transports, [name, createNodeTransport({ supergraph: graph.document, callSubgraph })]]);
}
