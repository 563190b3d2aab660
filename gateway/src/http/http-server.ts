import { createServer, type Server, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { invariant } from "@alliance-hub/shared/invariant";
import { type FastifyInstance, fastify } from "fastify";
import type { Logger } from "pino";
import { registerAnswerHooks } from "./answer-hooks";
import { ConnectionDrain } from "./connection-drain";
import { CrossOriginPolicy } from "./cross-origin";
import { DocumentSource } from "./documents/document-source";
import { answerClientError, answerMalformedAddress, registerErrorAnswers } from "./error-answers";
import type { ExampleQuery } from "./explorer-page";
import { registerExplorerRoutes } from "./explorer-routes";
import { GRAPHQL_METHODS, GRAPHQL_PATH, GraphqlRoute, type OperationExecutor } from "./graphql-route";
import { type Readiness, registerHealthRoutes } from "./health-routes";
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from "./http-limits";
import { chooseRequestId } from "./request-id";
import { RunningRequests } from "./request-lifetime";
import { StreamDoors } from "./subscriptions/stream-doors";
import { DEFAULT_SUBSCRIPTION_LIMITS, type SubscriptionLimits } from "./subscriptions/subscription-limits";

export interface HttpServerOptions {
  readonly gateway: OperationExecutor;
  readonly limits?: Partial<HttpLimits>;
  /** Of streams of events and WebSockets. */
  readonly subscriptions?: Partial<SubscriptionLimits>;
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
const ALLOWED_METHODS = new Map([
  [GRAPHQL_PATH, GRAPHQL_METHODS.join(", ")],
  ["/", "GET, HEAD"],
  ["/health", "GET, HEAD"],
  ["/ready", "GET, HEAD"],
]);

/**
 * The gateway's door: GraphQL over HTTP, health, explorer page. Compression and TLS are the proxy's in front of it.
 * GraphQL is answered by Node's server directly, everything else by Fastify.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const { gateway, log, documents = new DocumentSource() } = options;
  const running = new RunningRequests(limits.requestTimeoutMs);
  const drain = new ConnectionDrain();
  const crossOrigin = new CrossOriginPolicy(options.cors?.origins ?? []);
  const streams = new StreamDoors({
    path: GRAPHQL_PATH,
    gateway,
    documents,
    limits: { ...DEFAULT_SUBSCRIPTION_LIMITS, ...options.subscriptions },
    httpLimits: limits,
    origins: options.cors?.origins ?? [],
    log,
  });
  const { events } = streams;
  const graphql = new GraphqlRoute({ gateway, documents, limits, running, crossOrigin, drain, streams: events, log });
  const app = createApp(limits, [drain, streams], graphql);
  let closing: Promise<void> | undefined;

  registerAnswerHooks(app, { log, crossOrigin, drain });
  registerErrorAnswers(app, log, ALLOWED_METHODS);
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
      closing ??= closeApp(app, drain, running, streams, limits.shutdownTimeoutMs);
      return closing;
    },
  };
}

/** @param covering who looks at a server's connections, whatever is sent over them */
function createApp(
  limits: HttpLimits,
  covering: readonly { cover(server: Server): void }[],
  graphql: GraphqlRoute,
): FastifyInstance {
  return fastify({
    logger: false,
    genReqId: chooseRequestId,
    requestIdHeader: false,
    // A request that comes over an open connection during shutdown is still answered, with `connection: close`.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerMalformedAddress,
    // Fastify makes a second server where `localhost` has two addresses.
    serverFactory: (answerOthers) => {
      const server = createServer(toServerOptions(limits), (request, response) => {
        if (graphql.accepts(request)) {
          void graphql.answer(request, response);
        } else {
          answerOthers(request, response);
        }
      });
      for (const each of covering) {
        each.cover(server);
      }
      return server;
    },
  });
}

function toServerOptions({ maxHeaderBytes, receiveTimeoutMs }: HttpLimits): ServerOptions {
  return {
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: receiveTimeoutMs,
    requestTimeout: receiveTimeoutMs,
    // Slow senders are looked for this often; Node's default of 30 s would double their time.
    connectionsCheckingInterval: Math.min(2_000, receiveTimeoutMs),
  };
}

async function closeApp(
  app: FastifyInstance,
  drain: ConnectionDrain,
  running: RunningRequests,
  streams: StreamDoors,
  timeoutMs: number,
): Promise<void> {
  const limit = setTimeout(() => {
    running.abortAll();
    streams.abortAll();
    drain.end();
  }, timeoutMs);
  try {
    drain.begin();
    streams.close();
    await app.close();
  } finally {
    clearTimeout(limit);
    drain.end();
  }
}
