/**
 * `node hive-gateway.mjs SUPERGRAPH_FILE PORT js|rust apart|shared`: Hive Gateway's runtime behind node:http, with its JavaScript planner
 * and executor, or with the Rust planner and the executor made for it.
 */
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";

const [supergraphFile, port, planner, sharing] = process.argv.slice(2);

const gateway = createGatewayRuntime({
  supergraph: supergraphFile,
  ...(planner === "rust" ? { unifiedGraphHandler } : {}),
  // Its id is passed on with a request, as ours does; identical requests under way are shared when that is measured.
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ "x-request-id": request.headers.get("x-request-id") }),
  },
  transports: { http: import("@graphql-mesh/transport-http") },
  transportEntries: { "*.http": { options: { deduplicateInflightRequests: sharing === "shared" } } },
  graphiql: false,
  landingPage: false,
  logging: "error",
});
createServer(gateway).listen(Number(port), "127.0.0.1");
