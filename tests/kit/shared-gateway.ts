import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import { createInstanceTransport } from "@alliance-hub/gateway/egress/instance-transport";
import { createGateway } from "@alliance-hub/gateway/gateway";
import { createHttpServer } from "@alliance-hub/gateway/http/http-server";
import type { SharingOptions } from "@alliance-hub/gateway/sharing/sharing";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import pino from "pino";
import { findFreePort } from "./free-port";
import { federationSdl, serve } from "./subgraph-server";

export interface ServedSubgraph {
  readonly typeDefs: string;
  readonly resolvers: object;
  /** Besides the media type. */
  readonly headers?: OutgoingHttpHeaders;
}

/** What a subgraph was asked. */
interface AskedQuestion {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

export interface SharedGateway {
  readonly url: string;
  readonly asked: AskedQuestion[];
  /** Until clients have sent so many requests; a test that waits in vain fails by its own time. */
  untilReceived(requests: number): Promise<void>;
  /** Until subgraphs were asked so often. */
  untilAsked(questions: number): Promise<void>;
  /** Answers wait from now on, until the returned function is called. */
  hold(subgraph: string): () => void;
  close(): Promise<void>;
}

export interface SharedGatewayOptions {
  readonly sharing?: Partial<SharingOptions>;
  readonly requestTimeoutMs?: number;
}

/** A gateway over HTTP before subgraphs over HTTP, all on 127.0.0.1, that remembers what they were asked. */
export async function startSharedGateway(
  subgraphs: Readonly<Record<string, ServedSubgraph>>,
  { sharing, requestTimeoutMs = 10_000 }: SharedGatewayOptions = {},
): Promise<SharedGateway> {
  const log = pino({ level: "silent" });
  const asked: AskedQuestion[] = [];
  const gates = new Map<string, Promise<void>>();
  const servers = await Promise.all(
    Object.entries(subgraphs).map(async ([name, { typeDefs, resolvers, headers = {} }]) => {
      const sdl = federationSdl(typeDefs);
      const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
      const server = await serve(async (request, response) => {
        const { query, variables } = JSON.parse(await readText(request));
        asked.push({ subgraph: name, query, variables, requestId: String(request.headers["x-request-id"]) });
        await gates.get(name);
        const result = await graphql({ schema, source: query, variableValues: variables });
        response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(result));
      });
      return { name, sdl, ...server };
    }),
  );
  const { supergraphSdl, errors } = composeSupergraph(servers.map(({ name, sdl, url }) => ({ name, sdl, url })));
  if (supergraphSdl === undefined) {
    throw new Error(JSON.stringify(errors));
  }
  const transports = new Map(servers.map(({ name, url }) => [name, createInstanceTransport({ name, url })]));
  const gateway = createGateway({ supergraphSdl, transports, sharing, log });
  let received = 0;
  let isClosed = false;
  const until = async (isReached: () => boolean) => {
    while (!isReached() && !isClosed) {
      await sleep(5);
    }
  };
  const server = await createHttpServer({
    gateway: {
      ...gateway,
      execute(request) {
        received += 1;
        return gateway.execute(request);
      },
      subscribe: (request) => gateway.subscribe(request),
      endSubscriptions: (reason) => gateway.endSubscriptions(reason),
    },
    limits: { requestTimeoutMs },
    explorer: false,
    log,
    isReady: () => ({ isReady: true, reasons: [] }),
  });
  const { port } = await server.listen(await findFreePort(), "127.0.0.1");
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    asked,
    untilReceived: (requests) => until(() => received >= requests),
    untilAsked: (questions) => until(() => asked.length >= questions),
    hold(subgraph) {
      let release: () => void = () => undefined;
      gates.set(subgraph, new Promise((resolve) => (release = resolve)));
      return () => {
        gates.delete(subgraph);
        release();
      };
    },
    async close() {
      isClosed = true;
      await server.close();
      await gateway.close();
      await Promise.all(servers.map((each) => each.close()));
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
