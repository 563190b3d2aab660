import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import pino from "pino";
import { composeSupergraph } from "./composition/compose-supergraph";
import { readSubgraphAddresses } from "./composition/read-subgraph-addresses";
import { createHttpTransport } from "./egress/http-transport";
import { createGateway } from "./gateway";

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';

const SUBGRAPHS = {
  names: {
    sdl: `${LINK}type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Query: {
        people: () => [
          { id: "1", name: "Ann" },
          { id: "2", name: "Bob" },
        ],
      },
    },
  },
  ages: {
    sdl: `${LINK}type Query { oldest: Int } type Person @key(fields: "id") { id: ID! age: Int }`,
    resolvers: { Person: { age: ({ id }: { id: string }) => Number(id) * 20 } },
  },
};

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function startSubgraph({ sdl, resolvers }: { sdl: string; resolvers: object }): Promise<string> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
    const result = await graphql({ schema, source: query, variableValues: variables });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  });
  servers.push(server);
  for (let port = 21_000 + Math.floor(Math.random() * 10_000); !server.listening; port += 1) {
    await new Promise<void>((resolve) => {
      server.once("error", () => resolve());
      server.listen(port, "127.0.0.1", resolve);
    });
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

describe("createGateway()", () => {
  it("serves a supergraph from the addresses that stand in it, and says who is down", async () => {
    const definitions = await Promise.all(
      Object.entries(SUBGRAPHS).map(async ([name, subgraph]) => ({
        name,
        url: await startSubgraph(subgraph),
        sdl: subgraph.sdl,
      })),
    );
    const { supergraphSdl = "" } = composeSupergraph(definitions);
    const addresses = readSubgraphAddresses(supergraphSdl);
    const gateway = createGateway({
      supergraphSdl,
      transports: new Map([...addresses].map(([name, url]) => [name, createHttpTransport({ name, url })])),
      log: pino({ level: "silent" }),
    });
    const request = {
      query: "{ people { name age } }",
      requestId: "request-1",
      deadlineAtMs: Date.now() + 10_000,
      signal: new AbortController().signal,
      allowMutation: true,
    };
    expect(JSON.parse(JSON.stringify(await gateway.execute(request)))).toEqual({
      kind: "executed",
      operationKind: "query",
      data: {
        people: [
          { name: "Ann", age: 20 },
          { name: "Bob", age: 40 },
        ],
      },
    });
    const [, ages] = definitions;
    const down = servers.find((server) => ages?.url.includes(String((server.address() as AddressInfo).port)));
    down?.closeAllConnections();
    await new Promise((resolve) => down?.close(resolve));
    const partial = await gateway.execute(request);
    expect(JSON.parse(JSON.stringify(partial.data))).toEqual({
      people: [
        { name: "Ann", age: null },
        { name: "Bob", age: null },
      ],
    });
    expect(partial.errors?.map(({ path, extensions }) => [path, extensions.code, extensions["subgraph"]])).toEqual([
      [["people", 0, "age"], "OWNER_UNAVAILABLE", "ages"],
      [["people", 1, "age"], "OWNER_UNAVAILABLE", "ages"],
    ]);
    await gateway.close();
  });
});
