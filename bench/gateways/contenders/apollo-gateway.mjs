/** `node apollo-gateway.mjs SUPERGRAPH_FILE PORT`: @apollo/gateway behind @apollo/server's own HTTP server. */
import { readFileSync } from "node:fs";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

const [supergraphFile, port] = process.argv.slice(2);

/** Passes the request's id on, as ours does: no two requests to a subgraph are the same. */
class RequestIdSource extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    if (context.requestId !== undefined) {
      request.http.headers.set("x-request-id", context.requestId);
    }
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphFile, "utf8"),
  buildService: ({ url }) => new RequestIdSource({ url }),
});
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, {
  listen: { port: Number(port), host: "127.0.0.1" },
  context: async ({ req }) => ({ requestId: req.headers["x-request-id"] }),
});
