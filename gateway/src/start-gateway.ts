import { httpAddress } from "@alliance-hub/shared/server/http-address";
import type { RunningProcess } from "@alliance-hub/shared/server/run-process";
import { explainListenError, StartError } from "@alliance-hub/shared/server/start-error";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { GatewayEnvironment } from "./env";
import { createGateway, type Gateway } from "./gateway";
import type { DocumentSource } from "./http/documents/document-source";
import { createHttpServer, type HttpServer } from "./http/http-server";
import { PlannerUnavailable, SupergraphInvalid } from "./planning/native-planner";
import type { PlanMaker } from "./planning/plan-maker";
import { startPlannerProcess } from "./planning/process/planner-process";
import type { SharingOptions } from "./sharing/sharing";
import { openDocumentSource } from "./start/document-file";
import type { GraphSource } from "./start/gateway-arguments";
import type { SubgraphSource } from "./start/graph-files";
import { type LoadedGraph, loadGraph } from "./start/load-graph";
import { createSubgraphProbe } from "./start/probe-subgraphs";

export interface StartOptions {
  readonly source: GraphSource;
  /** The subgraphs of a source of kind `alliance`. */
  readonly alliance: readonly SubgraphSource[];
  readonly environment: GatewayEnvironment;
  readonly log: Logger;
  /** Aborted when the process is told to stop before it listens. */
  readonly signal: AbortSignal;
}

/** A gateway that listens. */
export interface RunningGateway extends RunningProcess {
  readonly url: string;
}

/**
 * Loads the graph, waits for subgraphs that are not up yet, and listens.
 * @throws StartError in words for the operator; nothing is left open then
 */
export async function startGateway(options: StartOptions): Promise<RunningGateway> {
  const { source, alliance, environment, log, signal } = options;
  const documents = openDocumentSource(environment);
  const graph = await loadGraph(source, alliance, { timeoutMs: environment.STARTUP_TIMEOUT_MS, signal, log });
  const gateway = await openGateway(graph, environment, log);
  try {
    const { server, port } = await listen(gateway, documents, graph, environment, log);
    const url = `${httpAddress(environment.HOST, port)}/graphql`;
    log.info({ url, schemaId: gateway.schemaId, subgraphs: [...graph.transports.keys()] }, "listening");
    return {
      url,
      async close() {
        log.info("shutting down");
        await server.close();
        await gateway.close();
      },
    };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

async function openGateway(
  { supergraphSdl, transports }: LoadedGraph,
  environment: GatewayEnvironment,
  log: Logger,
): Promise<Gateway> {
  let planMaker: PlanMaker | undefined;
  try {
    planMaker = await startPlannerProcess(supergraphSdl, { log });
    return createGateway({
      supergraphSdl,
      transports,
      planMaker,
      log,
      maxCost: environment.MAX_COST,
      tellsCost: environment.TELL_COST === "true",
      introspection: isOpenIn(environment, environment.INTROSPECTION),
      sharing: readSharing(environment),
      overrideLabels: environment.OVERRIDE_LABELS,
    });
  } catch (error) {
    await Promise.all([planMaker?.close(), ...[...transports.values()].map((transport) => transport.close())]);
    throw explainGatewayError(error);
  }
}

async function listen(
  gateway: Gateway,
  documents: DocumentSource,
  graph: LoadedGraph,
  environment: GatewayEnvironment,
  log: Logger,
): Promise<{ readonly server: HttpServer; readonly port: number }> {
  const server = await createHttpServer({
    gateway,
    documents,
    limits: {
      maxBodyBytes: environment.MAX_BODY_BYTES,
      requestTimeoutMs: environment.REQUEST_TIMEOUT_MS,
      shutdownTimeoutMs: environment.SHUTDOWN_TIMEOUT_MS,
    },
    cors: { origins: environment.CORS_ORIGINS },
    // The explorer page reads the schema first: without that it is of no use.
    explorer: isOpenIn(environment, environment.INTROSPECTION) && isOpenIn(environment, environment.EXPLORER),
    log,
    isReady: createSubgraphProbe(graph.transports),
  });
  try {
    return { server, port: (await server.listen(environment.PORT, environment.HOST)).port };
  } catch (error) {
    await server.close();
    throw explainListenError(error, { host: environment.HOST, port: environment.PORT });
  }
}

function readSharing(environment: GatewayEnvironment): Partial<SharingOptions> {
  return {
    requests: environment.SHARE_REQUESTS === "true",
    fetches: environment.SHARE_FETCHES === "true",
    entities: environment.BATCH_ENTITIES === "true",
  };
}

/** What is open by default is closed in production, unless the operator says so. */
function isOpenIn({ NODE_ENV }: GatewayEnvironment, choice: "true" | "false" | undefined): boolean {
  return choice === undefined ? NODE_ENV !== "production" : choice === "true";
}

function explainGatewayError(error: unknown): unknown {
  if (error instanceof PlannerUnavailable || error instanceof SupergraphInvalid) {
    return new StartError(error.message, { cause: error });
  }
  return error instanceof GraphQLError
    ? new StartError(`The supergraph is not valid: ${error.message}`, { cause: error })
    : error;
}
