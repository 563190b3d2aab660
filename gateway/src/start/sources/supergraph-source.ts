import { StartError } from "@alliance-hub/shared/server/start-error";
import type { InstanceAddress } from "../swap/shared-transports";

/** A graph that can be served: the supergraph, and where its subgraphs are. */
export interface ServableGraph {
  readonly supergraphSdl: string;
  /** Without the gateway's own subgraph. */
  readonly subgraphs: readonly InstanceAddress[];
}

export interface LoadOptions {
  /** How long a subgraph that was never reached is waited for; 0 for one attempt. */
  readonly timeoutMs: number;
  /** Whether what failed is tried again though nothing has changed. */
  readonly isAskedFor?: boolean;
  /** Aborted when the process is told to stop meanwhile. */
  readonly signal: AbortSignal;
}

/** The graph itself is what keeps it from being served: another may be. */
export class GraphUnservable extends StartError {
  override readonly name = "GraphUnservable";
}

/** Where supergraphs come from. */
export interface SupergraphSource {
  /** Tells it from other sources, over restarts. */
  readonly name: string;
  /**
   * The graph as it is now; the same object as before when nothing has changed. Calls do not overlap.
   * @throws StartError in words for the operator; the same words while the same thing is wrong
   * @throws the signal's reason when it is aborted
   */
  load(options: LoadOptions): Promise<ServableGraph>;
  /** The instances that the operator names, where that is known without a supergraph. */
  configuredSubgraphs?(): readonly InstanceAddress[];
  close(): Promise<void>;
}

export function isSameGraph(one: ServableGraph, other: ServableGraph): boolean {
  return (
    one === other ||
    (one.supergraphSdl === other.supergraphSdl && JSON.stringify(one.subgraphs) === JSON.stringify(other.subgraphs))
  );
}
