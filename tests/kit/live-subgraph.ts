import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createHandler as createHttpHandler } from "graphql-http/lib/use/http";
import { createHandler as createSseHandler } from "graphql-sse/lib/use/http";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { findFreePort } from "./free-port";
import { federationSdl } from "./subgraph-server";

export interface LiveSubgraph {
  readonly url: string;
  readonly webSocketUrl: string;
  /** Headers of every request for a stream. */
  readonly streamRequests: IncomingMessage["headers"][];
  /** Breaks all connections off, as a process does that is killed. */
  kill(): void;
  close(): Promise<void>;
}

/** A subgraph that serves subscriptions over SSE (library graphql-sse) and WebSocket (graphql-ws); none of our code is in it. */
export async function startLiveSubgraph(typeDefs: string, resolvers: object): Promise<LiveSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(federationSdl(typeDefs)), resolvers: resolvers as never }]);
  const answer = createHttpHandler({ schema });
  const stream = createSseHandler({ schema });
  const sockets = new Set<Socket>();
  const streamRequests: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    if (request.headers.accept?.includes("text/event-stream") === true) {
      streamRequests.push(request.headers);
      void stream(request, response);
    } else {
      void answer(request, response);
    }
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request) => streamRequests.push(request.headers));
  const webSockets = new WebSocketServer({ server, path: "/graphql" });
  const graphqlWs = useServer({ schema }, webSockets);
  const port = await findFreePort();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));

  function kill(): void {
    for (const socket of sockets) {
      socket.resetAndDestroy();
    }
  }

  return {
    url: `http://127.0.0.1:${port}/graphql`,
    webSocketUrl: `ws://127.0.0.1:${port}/graphql`,
    streamRequests,
    kill,
    async close() {
      kill();
      await graphqlWs.dispose();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
