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
}

/** A subgraph that listens. */
export interface SubgraphServer {
  readonly url: string;
  /** Lets running requests finish, then closes server, subgraph and database connections. */
  close(): Promise<void>;
}

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
    // We stop it in our own order, below.
    stopOnTerminationSignals: false,
    logger: subgraph.log,
    // Timings of every field for whoever asks by a header, and a page with scripts of a stranger: neither is wanted.
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();
  const server = createServer((request, response) => {
    answer(subgraph, apollo, options.maxBodyBytes ?? 10 * 1024 * 1024, request, response).catch((error: unknown) => {
      subgraph.log.error({ err: error }, "a request could not be answered");
      response.destroy();
    });
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${httpAddress(options.host, port)}/graphql`,
    close: async () => {
      await closeServer(server);
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
  const { pathname, search } = new URL(request.url ?? "/", "http://subgraph");
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

type ReadBody =
  | { readonly json: unknown }
  | { readonly status: number; readonly code: "LIMIT_EXCEEDED" | "BAD_USER_INPUT"; readonly message: string };

async function readJson(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
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

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeIdleConnections();
  });
}
