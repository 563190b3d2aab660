import { createHash } from "node:crypto";
import { httpAddress } from "@alliance-hub/shared/server/http-address";
import type { RunningProcess } from "@alliance-hub/shared/server/run-process";
import { createInstanceTransport } from "../../egress/instance-transport";
import { openDocumentSource } from "../document-file";
import { onReloadSignal } from "../on-reload-signal";
import type { GraphSupply } from "../sources/graph-supply";
import { type SupplyChoice, startSupply } from "../sources/start-supply";
import type { ServableGraph } from "../sources/supergraph-source";
import { SharedTransports } from "../swap/shared-transports";
import { WorkerPool } from "./worker-pool";
import { startWorkerProcess } from "./worker-process";

export interface PrimaryOptions extends SupplyChoice {
  readonly workers: number;
  /** Options of Node for the workers. */
  readonly execArgv: readonly string[];
}

/**
 * Loads the graph and hands it to workers, who share the port. This process answers nothing itself.
 * @throws StartError in words for the operator; nothing is left running then
 */
export async function startPrimary(options: PrimaryOptions): Promise<RunningProcess> {
  const { environment, log, workers: count, execArgv } = options;
  // What a worker would refuse is said once, and at once.
  openDocumentSource(environment);
  const shared = new SharedTransports((instance) => createInstanceTransport({ ...instance, log }));
  const pool = new WorkerPool({
    count,
    port: environment.PORT,
    startWorker: () => startWorkerProcess(execArgv),
    shutdownTimeoutMs: environment.SHUTDOWN_TIMEOUT_MS,
    log,
  });
  let supply: GraphSupply | undefined;
  let isListening = false;
  const serve = async (graph: ServableGraph) => {
    await pool.serve(graph);
    const about = { schemaId: schemaIdOf(graph), subgraphs: graph.subgraphs.map(({ name }) => name) };
    if (isListening) {
      log.info(about, "all workers serve a new schema");
      return;
    }
    isListening = true;
    const url = `${httpAddress(environment.HOST, pool.port)}/graphql`;
    log.info({ url, workers: count, ...about }, "listening");
  };
  const forgetSignal = onReloadSignal(() => supply?.reload());
  try {
    supply = await startSupply(options, shared, serve);
    return {
      failed: pool.failed,
      async close() {
        log.info("shutting down");
        forgetSignal();
        await Promise.all([supply?.close(), pool.close()]);
      },
    };
  } catch (error) {
    forgetSignal();
    await pool.close();
    throw error;
  }
}

function schemaIdOf({ supergraphSdl }: ServableGraph): string {
  return createHash("sha256").update(supergraphSdl).digest("hex");
}
