import type { RunningProcess } from "@alliance-hub/shared/server/run-process";
import { createInstanceTransport } from "./egress/instance-transport";
import { openDocumentSource } from "./start/document-file";
import { onReloadSignal } from "./start/on-reload-signal";
import { openDoor } from "./start/open-door";
import type { GraphSupply } from "./start/sources/graph-supply";
import { type SupplyChoice, startSupply } from "./start/sources/start-supply";
import { ServedGraph } from "./start/swap/served-graph";
import { SharedTransports } from "./start/swap/shared-transports";

/** A gateway that listens. */
export interface RunningGateway extends RunningProcess {
  readonly url: string;
}

/**
 * Loads the graph, waits for subgraphs that are not up yet, and listens. From then on what changes in the graph is served, too.
 * @throws StartError in words for the operator; nothing is left open then
 */
export async function startGateway(options: SupplyChoice): Promise<RunningGateway> {
  const { environment, log } = options;
  const documents = openDocumentSource(environment);
  const shared = new SharedTransports(({ name, url, subscriptions }) =>
    createInstanceTransport({ name, url, subscriptionsUrl: subscriptions, log }),
  );
  const graph = new ServedGraph(environment, shared, log);
  let supply: GraphSupply | undefined;
  const forgetSignal = onReloadSignal(() => supply?.reload());
  try {
    supply = await startSupply(options, shared, (next) => graph.serve(next));
    const door = await openDoor(graph, documents, environment, log);
    const { url } = door;
    log.info({ url, schemaId: graph.executor.schemaId, subgraphs: [...graph.transports.keys()] }, "listening");
    return {
      url,
      async close() {
        log.info("shutting down");
        forgetSignal();
        await Promise.all([supply?.close(), door.close()]);
        await graph.close();
      },
    };
  } catch (error) {
    forgetSignal();
    await supply?.close();
    await graph.close();
    throw error;
  }
}
