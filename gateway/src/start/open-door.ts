import { httpAddress } from "@alliance-hub/shared/server/http-address";
import { explainListenError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import type { GatewayEnvironment } from "../env";
import type { DocumentSource } from "../http/documents/document-source";
import { createHttpServer } from "../http/http-server";
import { isOpenIn } from "./is-open-in";
import { createSubgraphProbe } from "./probe-subgraphs";
import type { ServedGraph } from "./swap/served-graph";

/** A server that listens. */
export interface OpenDoor {
  readonly url: string;
  readonly port: number;
  /** Lets running requests finish. What answers them is the caller's to close. */
  close(): Promise<void>;
}

/** Listens for requests, as the operator chose. @throws StartError; nothing is left open then */
export async function openDoor(
  graph: ServedGraph,
  documents: DocumentSource,
  environment: GatewayEnvironment,
  log: Logger,
): Promise<OpenDoor> {
  const { HOST: host } = environment;
  const isSubgraphThere = createSubgraphProbe(() => graph.transports);
  const server = await createHttpServer({
    gateway: graph.executor,
    documents,
    limits: {
      maxBodyBytes: environment.MAX_BODY_BYTES,
      requestTimeoutMs: environment.REQUEST_TIMEOUT_MS,
      shutdownTimeoutMs: environment.SHUTDOWN_TIMEOUT_MS,
    },
    // Sockets are there for subscriptions: without these there are none.
    subscriptions: { maxSockets: environment.MAX_SUBSCRIPTIONS },
    cors: { origins: environment.CORS_ORIGINS },
    // The explorer page reads the schema first: without that it is of no use.
    explorer: isOpenIn(environment, environment.INTROSPECTION) && isOpenIn(environment, environment.EXPLORER),
    log,
    isReady: async () => ({ ...(await isSubgraphThere()), schemaId: graph.executor.schemaId }),
  });
  try {
    const { port } = await server.listen(environment.PORT, host);
    return { url: `${httpAddress(host, port)}/graphql`, port, close: () => server.close() };
  } catch (error) {
    await server.close();
    throw explainListenError(error, { host, port: environment.PORT });
  }
}
