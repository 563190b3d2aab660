import { createHttpServer, type HttpServer, type HttpServerOptions } from "@alliance-hub/gateway/http/http-server";
import type { GatewayRequest } from "@alliance-hub/gateway/request/graphql-request";
import { createLog } from "@alliance-hub/gateway/telemetry/log";
import { HubError } from "@alliance-hub/shared/hub-error";
import { buildSchema } from "graphql";
import { findFreePort } from "./free-port";
import { GraphqlJsGateway } from "./graphql-js-gateway";

export interface RunningHttpServer {
  readonly url: string;
  readonly server: HttpServer;
  readonly gateway: GraphqlJsGateway;
  /** What was logged so far, parsed. */
  readonly logLines: Readonly<Record<string, unknown>>[];
}

const SCHEMA = buildSchema(`
  type Query {
    greeting(name: String): String!
    "Waits until the request is aborted, then says so."
    wait: String
    refuse: String!
    fail: String
  }
  type Mutation {
    count: Int!
  }
`);

/** A server over a graphql-js schema on a free port; the caller closes it. */
export async function startHttpServer(options: Partial<HttpServerOptions> = {}): Promise<RunningHttpServer> {
  const logLines: Record<string, unknown>[] = [];
  let count = 0;
  const gateway = new GraphqlJsGateway(SCHEMA, {
    greeting: ({ name }: { name?: string }) => `Hello ${name ?? "world"}`,
    wait: (_arguments: unknown, { signal }: Pick<GatewayRequest, "signal">) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve((signal.reason as Error).message))),
    refuse: () => {
      throw new HubError("FORBIDDEN", "Not for you.");
    },
    fail: () => {
      throw new Error("secret of the inside");
    },
    count: () => ++count,
  });
  const server = await createHttpServer({
    gateway,
    explorer: false,
    log: createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) }),
    isReady: () => ({ isReady: true, reasons: [] }),
    ...options,
  });
  const { port } = await server.listen(await findFreePort(), "127.0.0.1");
  return { url: `http://127.0.0.1:${port}`, server, gateway, logLines };
}
