import type { AddressInfo } from "node:net";
import { invariant } from "@alliance-hub/shared/invariant";
import { type FastifyInstance, fastify } from "fastify";
import type { Logger } from "pino";
import { ConnectionDrain } from "./connection-drain";
import { DocumentSource } from "./documents/document-source";
import { answerClientError, answerMalformedAddress, registerErrorAnswers } from "./error-answers";
import type { ExampleQuery } from "./explorer-page";
import { registerExplorerRoutes } from "./explorer-routes";
import { type OperationExecutor, registerGraphqlRoute } from "./graphql-route";
import { type Readiness, registerHealthRoutes } from "./health-routes";
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from "./http-limits";
import { chooseRequestId } from "./request-id";
import { RunningRequests } from "./request-lifetime";
import { observeRequests } from "./request-observer";
import { registerSecurityHeaders } from "./security-headers";

export interface HttpServerOptions {
  readonly gateway: OperationExecutor;
  readonly limits?: Partial<HttpLimits>;
  readonly cors?: { readonly origins: readonly string[] };
  /** Trusted and automatic documents; without it every document is answered, and none by its hash. */
  readonly documents?: DocumentSource;
  /** Whether `/` shows the explorer page to browsers. */
  readonly explorer: boolean;
  /** The explorer's tabs. */
  readonly exampleQueries?: readonly ExampleQuery[];
  readonly log: Logger;
  readonly isReady: () => Readiness | Promise<Readiness>;
}

export interface HttpServer {
  /**
   * Starts to accept connections.
   * @param port 0 for any free one
   * @throws the system's error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`)
   */
  listen(port: number, host: string): Promise<{ readonly port: number }>;
  /**
   * Accepts nothing new, lets running requests finish within `shutdownTimeoutMs`, then aborts them and cuts the rest off.
   * May be called more than once. The gateway is the caller's to close.
   */
  close(): Promise<void>;
}

/**
 * Between proxies and Node the one that closes an idle connection first should be the proxy, or a request that is just
 * under way is lost: load balancers wait 60 s.
 */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const GRAPHQL_PATH = "/graphql";
const ALLOWED_METHODS = new Map([
  [GRAPHQL_PATH, "GET, POST"],
  ["/", "GET, HEAD"],
  ["/health", "GET, HEAD"],
  ["/ready", "GET, HEAD"],
]);

/** The gateway's door: GraphQL over HTTP, health, explorer page. Compression and TLS are the proxy's in front of it. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const running = new RunningRequests();
  const app = createApp(limits);
  const drain = new ConnectionDrain(app);
  let closing: Promise<void> | undefined;

  observeRequests(app, options.log);
  registerErrorAnswers(app, options.log, ALLOWED_METHODS);
  await registerSecurityHeaders(app, options.cors?.origins ?? []);
  registerGraphqlRoute(app, GRAPHQL_PATH, options.gateway, options.documents ?? new DocumentSource(), limits, running);
  registerHealthRoutes(app, async () =>
    closing === undefined ? options.isReady() : { isReady: false, reasons: ["The gateway is shutting down."] },
  );
  registerExplorerRoutes(app, { isEnabled: options.explorer, exampleQueries: options.exampleQueries ?? [] });

  return {
    async listen(port, host) {
      await app.listen({ port, host });
      const address: AddressInfo | string | null = app.server.address();
      invariant(typeof address === "object" && address !== null, "a listening server has an address");
      return { port: address.port };
    },
    close() {
      closing ??= closeApp(app, drain, running, limits.shutdownTimeoutMs);
      return closing;
    },
  };
}

function createApp(limits: HttpLimits): FastifyInstance {
  return fastify({
    logger: false,
    bodyLimit: limits.maxBodyBytes,
    genReqId: chooseRequestId,
    requestIdHeader: false,
    // A request that comes over an open connection during shutdown is still answered, with `connection: close`.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerMalformedAddress,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    requestTimeout: limits.receiveTimeoutMs,
    http: {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.receiveTimeoutMs,
      // Slow senders are looked for this often; Node's default of 30 s would double their time.
      connectionsCheckingInterval: Math.min(2_000, limits.receiveTimeoutMs),
    },
  });
}

async function closeApp(
  app: FastifyInstance,
  drain: ConnectionDrain,
  running: RunningRequests,
  timeoutMs: number,
): Promise<void> {
  const limit = setTimeout(() => {
    running.abortAll();
    drain.end();
  }, timeoutMs);
  try {
    drain.begin();
    await app.close();
  } finally {
    clearTimeout(limit);
  }
}
