import { composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import type { SubgraphTransport } from "@alliance-hub/gateway/egress/subgraph-transport";
import { createGateway } from "@alliance-hub/gateway/gateway";
import { AutomaticDocuments } from "@alliance-hub/gateway/http/documents/automatic-documents";
import { DocumentSource } from "@alliance-hub/gateway/http/documents/document-source";
import { createHttpServer } from "@alliance-hub/gateway/http/http-server";
import { createLog } from "@alliance-hub/gateway/telemetry/log";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, printSchema } from "graphql";
import { findFreePort } from "../kit/free-port";
import { SHOP_SUBGRAPHS } from "../kit/shop";

/** What the process tells the test that started it. */
export type SoakReport =
  | { readonly kind: "listening"; readonly port: number; readonly schema: string }
  | { readonly kind: "memory"; readonly memory: SoakMemory }
  /** A line that a gateway in order never writes. */
  | { readonly kind: "fault"; readonly line: string };

/** After garbage collection. */
export interface SoakMemory {
  readonly heapBytes: number;
  /** Of the whole process, whose subgraphs and compiler are in it. */
  readonly residentBytes: number;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [
  "@key", "@requires", "@external", "@provides", "@shareable"
])\n`;

/** A gateway as it runs in production, over the shop, whose subgraphs answer in this process. Small caches are full early. */
async function main(): Promise<void> {
  const sources = Object.entries(SHOP_SUBGRAPHS).map(([name, fixture]) => ({
    name,
    url: `http://${name}.test`,
    sdl: LINK + fixture.typeDefs,
    resolvers: fixture.resolvers,
  }));
  const { supergraphSdl, errors } = composeSupergraph(sources);
  if (supergraphSdl === undefined) {
    throw new Error(JSON.stringify(errors));
  }
  const log = createLog("warn", { write: inspectLine });
  const gateway = createGateway({
    supergraphSdl,
    transports: new Map(sources.map(({ name, sdl, resolvers }) => [name, createTransport(sdl, resolvers)])),
    planCache: { maxEntries: 300, maxWeight: 300_000 },
    log,
  });
  const server = await createHttpServer({
    gateway,
    documents: new DocumentSource({ automatic: new AutomaticDocuments({ maxEntries: 100, maxWeight: 100_000 }) }),
    explorer: true,
    log,
    isReady: () => ({ isReady: true, reasons: [] }),
  });
  const { port } = await server.listen(await findFreePort(), "127.0.0.1");
  process.on("message", () => report({ kind: "memory", memory: measureMemory() }));
  process.once("disconnect", () => process.exit());
  report({ kind: "listening", port, schema: printSchema(gateway.schema) });
}

function createTransport(sdl: string, resolvers: unknown): SubgraphTransport {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  return {
    async execute({ query, variables }) {
      // Not validated: the question is what the gateway does, and the time is its.
      const result = await execute({ schema, document: parse(query), variableValues: { ...variables } });
      return JSON.parse(JSON.stringify(result));
    },
    async close() {},
  };
}

/** Requests that were refused are lines of level `warn`; what went wrong inside is `error`, except for plans that are given up. */
function inspectLine(line: string): void {
  const { level, msg } = JSON.parse(line) as { level: unknown; msg: unknown };
  if (level !== "warn" && level !== 40 && msg !== "a valid operation was refused") {
    report({ kind: "fault", line: line.slice(0, 2_000) });
  }
}

function measureMemory(): SoakMemory {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, residentBytes: rss };
}

function report(message: SoakReport): void {
  process.send?.(message);
}

void main();
