import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, graphql, parse } from "graphql";
import { findFreePort } from "./free-port";
import { federationSdl } from "./subgraph-server";

/** What an instance was asked, and the means to answer it in any way that a socket allows. */
export interface HostileExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** What an honest instance would answer. */
  readonly honest: { readonly data: Record<string, unknown> };
  /** Address of a server that must never be asked for anything. */
  readonly innerUrl: string;
}

export type HostileAnswer = (exchange: HostileExchange) => void;

export interface HostileServer {
  readonly url: string;
  /** Documents that it was asked, in order. */
  readonly queries: string[];
  /** Requests that reached the server behind it, to which it points others. */
  readonly innerRequests: string[];
  /** Bytes that left over all connections, those that are open included. */
  readBytesSent(): number;
  /** How it answers from now on; undefined: honestly. */
  behave(answer: HostileAnswer | undefined): void;
  close(): Promise<void>;
}

/** A subgraph whose honest answers come from a real schema and whose other answers are up to the test. */
export async function startHostileServer(typeDefs: string, resolvers: object): Promise<HostileServer> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(federationSdl(typeDefs)), resolvers: resolvers as never }]);
  const sockets = new Set<Socket>();
  const queries: string[] = [];
  const innerRequests: string[] = [];
  let closedBytes = 0;
  let behaviour: HostileAnswer | undefined;

  const inner = createServer((request, response) => {
    innerRequests.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "content-type": "application/json" }).end('{"data":{"board":{"title":"from inside"}}}');
  });
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await readText(request));
    queries.push(query);
    const honest = await answerHonestly(schema, query, variables);
    // Whatever the test does to the socket, the server itself goes on.
    response.on("error", () => {});
    if (behaviour === undefined && request.headers.accept === "text/event-stream") {
      response
        .writeHead(200, { "content-type": "text/event-stream" })
        .end(`event: next\ndata: ${JSON.stringify(honest)}\n\nevent: complete\ndata: \n\n`);
    } else if (behaviour === undefined) {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(honest));
    } else {
      behaviour({ request, response, socket: request.socket, honest, innerUrl });
    }
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      closedBytes += socket.bytesWritten;
    });
  });
  const innerUrl = `http://127.0.0.1:${await listen(inner)}`;
  const url = `http://127.0.0.1:${await listen(server)}/graphql`;
  return {
    url,
    queries,
    innerRequests,
    readBytesSent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, closedBytes),
    behave(answer) {
      behaviour = answer;
    },
    async close() {
      for (const socket of sockets) {
        socket.destroy();
      }
      inner.closeAllConnections();
      await Promise.all([server, inner].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function answerHonestly(
  schema: GraphQLSchema,
  source: string,
  variableValues: Record<string, unknown>,
): Promise<HostileExchange["honest"]> {
  const { data, errors } = await graphql({ schema, source, variableValues });
  if (!data || errors !== undefined) {
    throw new Error(`an honest instance failed: ${errors?.join(", ")}`);
  }
  return JSON.parse(JSON.stringify({ data }));
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  const port = await findFreePort();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return port;
}
