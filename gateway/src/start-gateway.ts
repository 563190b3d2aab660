import type { RunningProcess } from "@alliance-hub/shared/server/run-process";
import { explainListenError, StartError } from "@alliance-hub/shared/server/start-error";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { GatewayEnvironment } from "./env";
import { createGateway, type Gateway } from "./gateway";
import { createHttpServer, type HttpServer } from "./http/http-server";
import { PlannerUnavailable, SupergraphInvalid } from "./planning/native-planner";
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
  const graph = await loadGraph(source, alliance, { timeoutMs: environment.STARTUP_TIMEOUT_MS, signal, log });
  const gateway = await openGateway(graph, log);
  try {
    const { server, port } = await listen(gateway, graph, environment, log);
    const url = `http://${hostInUrl(environment.HOST)}:${port}/graphql`;
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

async function openGateway({ supergraphSdl, transports }: LoadedGraph, log: Logger): Promise<Gateway> {
  try {
    return createGateway({ supergraphSdl, transports, log });
  } catch (error) {
    await Promise.all([...transports.values()].map((transport) => transport.close()));
    throw explainGatewayError(error);
  }
}

async function listen(
  gateway: Gateway,
  graph: LoadedGraph,
  environment: GatewayEnvironment,
  log: Logger,
): Promise<{ readonly server: HttpServer; readonly port: number }> {
  const server = await createHttpServer({
    gateway,
    limits: {
      maxBodyBytes: environment.MAX_BODY_BYTES,
      requestTimeoutMs: environment.REQUEST_TIMEOUT_MS,
      shutdownTimeoutMs: environment.SHUTDOWN_TIMEOUT_MS,
    },
    cors: { origins: environment.CORS_ORIGINS },
    explorer: (environment.EXPLORER ?? (environment.NODE_ENV === "production" ? "false" : "true")) === "true",
    log,
    isReady: createSubgraphProbe(graph.transports),
  });
  try {
    return { server, port: (await server.listen(environment.PORT, environment.HOST)).port };
  } catch (error) {
    await server.close();
    throw explainAddressError(error, environment);
  }
}

function explainGatewayError(error: unknown): unknown {
  if (error instanceof PlannerUnavailable || error instanceof SupergraphInvalid) {
    return new StartError(error.message, { cause: error });
  }
  return error instanceof GraphQLError
    ? new StartError(`The supergraph is not valid: ${error.message}`, { cause: error })
    : error;
}

function explainAddressError(error: unknown, { HOST, PORT }: GatewayEnvironment): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EADDRNOTAVAIL" || code === "ENOTFOUND"
    ? new StartError(`${HOST} is not an address of this machine. Correct HOST.`, { cause: error })
    : explainListenError(error, PORT);
}

/** IPv6 addresses stand in brackets. */
function hostInUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
