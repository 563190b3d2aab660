import { createServer, type RequestListener } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createHandler } from "graphql-http/lib/use/http";
import { findFreePort } from "./free-port";

export interface ListeningServer {
  readonly url: string;
  close(): Promise<void>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])\n`;

/** SDL as a subgraph of a federation prints it. */
export function federationSdl(typeDefs: string): string {
  return LINK + typeDefs;
}

/** A subgraph over HTTP that is made by none of our code. */
export function serveFederationSubgraph(typeDefs: string, resolvers: object, port?: number): Promise<ListeningServer> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(federationSdl(typeDefs)), resolvers: resolvers as never }]);
  return serve(createHandler({ schema }), port);
}

/** Any server on 127.0.0.1. */
export async function serve(listener: RequestListener, chosenPort?: number): Promise<ListeningServer> {
  const port = chosenPort ?? (await findFreePort());
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
