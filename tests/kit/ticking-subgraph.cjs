/** A subgraph in a process of its own, which may be killed: counts, over SSE and graphql-transport-ws. Arguments: port. */
const { createServer } = require("node:http");
const { buildSubgraphSchema } = require("@apollo/subgraph");
const { parse } = require("graphql");
const { createHandler: createHttpHandler } = require("graphql-http/lib/use/http");
const { createHandler: createSseHandler } = require("graphql-sse/lib/use/http");
const { useServer } = require("graphql-ws/use/ws");
const { WebSocketServer } = require("ws");

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
  type Query { count: Int }
  type Subscription { counted: Int! }
`);

async function* count() {
  for (let counted = 1; ; counted += 1) {
    yield { counted };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const resolvers = { Query: { count: () => 0 }, Subscription: { counted: { subscribe: () => count() } } };
const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
const answer = createHttpHandler({ schema });
const stream = createSseHandler({ schema });
const server = createServer((request, response) => {
  const handle = request.headers.accept === "text/event-stream" ? stream : answer;
  void handle(request, response);
});
useServer({ schema }, new WebSocketServer({ server }));
server.listen(Number(process.argv[2]), "127.0.0.1", () => process.stdout.write("listening\n"));
