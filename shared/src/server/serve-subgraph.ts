import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer, HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { maskError } from "../mask-error";
import type { RequestContext } from "../request-context";
import { httpAddress } from "./http-address";
import type { Subgraph } from "./subgraph";

export interface ServeOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Largest accepted request body. Default 10 MiB: entity fetches carry many keys. */
  readonly maxBodyBytes?: number;
  /** How long running requests may go on after `close()` was called. Default 10 000. */
  readonly shutdownTimeoutMs?: number;
}

/** A subgraph that listens. */
export interface SubgraphServer {
  readonly url: string;
  /** Lets running requests finish, then closes server, subgraph and database connections. */
  close(): Promise<void>;
}

const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024;
const DEFAULT_SHUTDOWN_TIMEOUT_MS = 10_000;

/** Time to send one request, headers and body: slower clients hold a connection and their part of the memory. */
const RECEIVE_TIMEOUT_MS = 60_000;

/** Ten times what the largest plan of the gateway's limits prints. */
const MAX_TOKENS = 100_000;

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Serves a subgraph with Apollo Server at `/graphql`, and `/health` (the process lives) and `/ready` (the database answers).
 * @throws NodeJS.ErrnoException EADDRINUSE, EACCES
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<SubgraphServer> {
  const apollo = new ApolloServer<RequestContext>({
    schema: subgraph.schema,
    // Only the gateway and the operator speak to a subgraph; stack traces never leave.
    includeStacktraceInErrorResponses: false,
    formatError: (_formatted, error) => maskError(error, subgraph.log),
    // The gateway's plans are documents of some kilobytes; the parser calls itself for every bracket.
    parseOptions: { maxTokens: MAX_TOKENS },
    // Documents are known by the gateway's plans; nobody else is to fill a cache here.
    persistedQueries: false,
    // We stop it in our own order, below.
    stopOnTerminationSignals: false,
    logger: subgraph.log,
    // Timings of every field for whoever asks by a header, and a page with scripts of a stranger: neither is wanted.
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();
  const server = createServer({ requestTimeout: RECEIVE_TIMEOUT_MS }, (request, response) => {
    const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    response.once("finish", () => {
      if (!server.listening) {
        // Answered while we close: its connection would wait for a next request that never comes.
        setImmediate(() => server.closeIdleConnections());
      }
    });
    answer(subgraph, apollo, maxBodyBytes, request, response).catch((error: unknown) => {
      // A client that leaves in the middle of its request is none of our faults.
      if (!request.destroyed || request.complete) {
        subgraph.log.error({ err: error }, "a request could not be answered");
      }
      response.destroy();
    });
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${httpAddress(options.host, port)}/graphql`,
    close: async () => {
      await closeServer(server, options.shutdownTimeoutMs ?? DEFAULT_SHUTDOWN_TIMEOUT_MS);
      await apollo.stop();
      await subgraph.close();
    },
  };
}

async function answer(
  subgraph: Subgraph,
  apollo: ApolloServer<RequestContext>,
  maxBodyBytes: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, search } = readAddress(request.url);
  if (pathname === "/health") {
    return sendJson(response, 200, { status: "ok" });
  }
  if (pathname === "/ready") {
    const isReady = await subgraph.database.query("SELECT 1").then(
      () => true,
      () => false,
    );
    return sendJson(response, isReady ? 200 : 503, { status: isReady ? "ok" : "the database does not answer" });
  }
  if (pathname !== "/graphql") {
    return sendJson(response, 404, { status: "not found: the graph is at /graphql" });
  }
  const body = await readJson(request, maxBodyBytes);
  if ("status" in body) {
    return sendJson(response, body.status, { errors: [{ message: body.message, extensions: { code: body.code } }] });
  }
  const httpGraphQLRequest: HTTPGraphQLRequest = {
    method: request.method?.toUpperCase() ?? "GET",
    headers: headersOf(request),
    search,
    body: body.json,
  };
  const given = request.headers["x-request-id"];
  const requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => subgraph.createContext({ requestId }),
  });
  response.statusCode = result.status ?? 200;
  for (const [name, value] of result.headers) {
    response.setHeader(name, value);
  }
  if (result.body.kind === "complete") {
    response.end(result.body.string);
    return;
  }
  for await (const chunk of result.body.asyncIterator) {
    response.write(chunk);
  }
  response.end();
}

/** Address lines come from anywhere: `//` is none that a URL can be made of. */
function readAddress(address = "/"): Pick<URL, "pathname" | "search"> {
  const base = "http://subgraph";
  return URL.canParse(address, base) ? new URL(address, base) : { pathname: "", search: "" };
}

type ReadBody =
  | { readonly json: unknown }
  | { readonly status: number; readonly code: "LIMIT_EXCEEDED" | "BAD_USER_INPUT"; readonly message: string };

async function readJson(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed when we stop reading: that would close the socket before the refusal is sent. Node drops the rest.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      return { status: 413, code: "LIMIT_EXCEEDED", message: `The body is larger than ${maxBytes} bytes.` };
    }
    chunks.push(chunk);
  }
  if (size === 0) {
    return { json: undefined };
  }
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return { status: 400, code: "BAD_USER_INPUT", message: "The body is not JSON." };
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
  }
  return headers;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(body));
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Node waits for every connection, whatever its client does: after the time given they are cut off. */
async function closeServer(server: Server, timeoutMs: number): Promise<void> {
  const limit = setTimeout(() => server.closeAllConnections(), timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      server.closeIdleConnections();
    });
  } finally {
    clearTimeout(limit);
  }
}
