import type { RunningProcess } from "@alliance-hub/shared/server/run-process";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import { createInstanceTransport } from "../../egress/instance-transport";
import type { GatewayEnvironment } from "../../env";
import { openDocumentSource } from "../document-file";
import { type OpenDoor, openDoor } from "../open-door";
import { GraphUnservable } from "../sources/supergraph-source";
import { ServedGraph } from "../swap/served-graph";
import { SharedTransports } from "../swap/shared-transports";
import { type FromWorker, TO_WORKER, type ToWorker } from "./worker-messages";

export interface WorkerOptions {
  readonly environment: GatewayEnvironment;
  readonly log: Logger;
}

type StartOrder = Extract<ToWorker, { readonly kind: "start" }>;

/**
 * One of several processes that share a port: answers by the graph that the primary process hands it, and by each later one.
 * It ends when the primary does.
 */
export function startWorker(options: WorkerOptions): Promise<RunningProcess> {
  // At SIGHUP the primary looks for a new schema; without a listener the signal would end this process.
  process.on("SIGHUP", () => undefined);
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let worker: Promise<Worker> | undefined;
  // Until it is told what to do nothing else keeps it running, and whatever is loaded before it may have let the channel go.
  process.channel?.ref();
  process.on("message", (message) => {
    const order = TO_WORKER.parse(message);
    if (order.kind === "start") {
      worker = Worker.start(order, options);
      report(worker.then(({ door: { port } }) => ({ kind: "ready", port })));
    } else if (order.kind === "serve") {
      const { graph } = order;
      report(
        Promise.resolve(worker)
          .then((started) => started?.graph.serve(graph))
          .then(() => ({ kind: "served" })),
      );
    } else {
      stop();
    }
  });
  process.send?.({ kind: "up" } satisfies FromWorker);
  return Promise.resolve({
    stopped,
    close: async () => (await worker?.catch(() => undefined))?.close(),
  });
}

class Worker {
  private constructor(
    readonly graph: ServedGraph,
    readonly door: OpenDoor,
    readonly log: Logger,
  ) {}

  /** @throws StartError GraphUnservable */
  static async start(order: StartOrder, { environment, log: parentLog }: WorkerOptions): Promise<Worker> {
    const log = parentLog.child({ worker: order.worker });
    const documents = openDocumentSource(environment);
    const shared = new SharedTransports((instance) => createInstanceTransport({ ...instance, log }));
    const graph = new ServedGraph(environment, shared, log);
    try {
      await graph.serve(order.graph);
      const door = await openDoor(graph, documents, { ...environment, PORT: order.port }, log);
      return new Worker(graph, door, log);
    } catch (error) {
      await graph.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.log.info("shutting down");
    await this.door.close();
    await this.graph.close();
  }
}

function report(outcome: Promise<FromWorker>): void {
  void outcome.catch(describeFailure).then((message) => process.send?.(message));
}

function describeFailure(error: unknown): FromWorker {
  const message = error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error);
  return { kind: "failed", message: (message ?? "").slice(0, 100_000), isUnservable: error instanceof GraphUnservable };
}
