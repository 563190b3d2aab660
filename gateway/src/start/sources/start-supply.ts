import type { Logger } from "pino";
import type { GatewayEnvironment } from "../../env";
import type { GraphSource } from "../gateway-arguments";
import type { SubgraphSource } from "../graph-files";
import type { SharedTransports } from "../swap/shared-transports";
import { GraphSupply } from "./graph-supply";
import { LastKnownGood } from "./last-known-good";
import { openSource } from "./open-source";
import type { ServableGraph } from "./supergraph-source";

export interface SupplyChoice {
  readonly source: GraphSource;
  /** The subgraphs of a source of kind `alliance`. */
  readonly alliance: readonly SubgraphSource[];
  readonly environment: GatewayEnvironment;
  readonly log: Logger;
  /** Aborted when the process is told to stop before there is a first graph. */
  readonly signal: AbortSignal;
}

/** Supplies the graph that the operator chose. @throws StartError the signal's reason */
export function startSupply(
  { source, alliance, environment, log, signal }: SupplyChoice,
  transports: SharedTransports,
  serve: (graph: ServableGraph) => Promise<void>,
): Promise<GraphSupply> {
  const { STATE_DIRECTORY: directory } = environment;
  const lastKnownGood = directory === undefined ? undefined : new LastKnownGood(directory, log);
  return GraphSupply.start({
    source: openSource(source, alliance, transports, log),
    serve,
    ...(lastKnownGood !== undefined && { lastKnownGood }),
    pollMs: environment.SCHEMA_POLL_MS,
    startupTimeoutMs: environment.STARTUP_TIMEOUT_MS,
    log,
    signal,
  });
}
