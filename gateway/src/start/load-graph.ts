import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import type { SubgraphDefinition } from "../composition/compose-supergraph";
import { createComposer } from "../composition/composer";
import { createInstanceTransport } from "../egress/instance-transport";
import type { SubgraphTransport } from "../egress/subgraph-transport";
import type { AllianceEnvironment } from "../env";
import { type AwaitOptions, awaitSubgraphSdl } from "./await-subgraph";
import type { GraphSource } from "./gateway-arguments";
import { readSubgraphsFile, readSupergraphFile, type SubgraphSource } from "./graph-files";

/** A graph that can be served, with the way to each of its subgraphs. */
export interface LoadedGraph {
  readonly supergraphSdl: string;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
}

/** The shared subgraphs, by the names that the supergraph knows them by. */
export function allianceSubgraphs(environment: AllianceEnvironment): readonly SubgraphSource[] {
  return [
    { name: "organizations", url: environment.SUBGRAPH_ORGANIZATIONS_URL },
    { name: "needs", url: environment.SUBGRAPH_NEEDS_URL },
    { name: "projects", url: environment.SUBGRAPH_PROJECTS_URL },
    { name: "funds", url: environment.SUBGRAPH_FUNDS_URL },
  ];
}

/**
 * Reads or composes the graph. Transports are open when it returns, and closed when it throws.
 * @param alliance the subgraphs that a source of kind `alliance` consists of
 * @throws StartError
 */
export async function loadGraph(
  source: GraphSource,
  alliance: readonly SubgraphSource[],
  options: AwaitOptions,
): Promise<LoadedGraph> {
  if (source.kind === "supergraph-file") {
    const { supergraphSdl, subgraphs } = readSupergraphFile(source.path);
    return { supergraphSdl, transports: openTransports(subgraphs, options.log) };
  }
  const isAlliance = source.kind === "alliance";
  const subgraphs = isAlliance ? alliance : readSubgraphsFile(source.path);
  const transports = openTransports(subgraphs, options.log);
  try {
    const definitions = await Promise.all(subgraphs.map((subgraph) => defineSubgraph(subgraph, transports, options)));
    // Query.node belongs to the alliance's ids; another federation's graph is served as it is.
    return { supergraphSdl: await compose(definitions, isAlliance), transports };
  } catch (error) {
    await Promise.all([...transports.values()].map((transport) => transport.close()));
    throw error;
  }
}

function openTransports(subgraphs: readonly SubgraphSource[], log: Logger): ReadonlyMap<string, SubgraphTransport> {
  return new Map(subgraphs.map(({ name, url }) => [name, createInstanceTransport({ name, url, log })]));
}

async function defineSubgraph(
  { name, url, sdl }: SubgraphSource,
  transports: ReadonlyMap<string, SubgraphTransport>,
  options: AwaitOptions,
): Promise<SubgraphDefinition> {
  const transport = transports.get(name);
  if (sdl !== undefined || transport === undefined) {
    return { name, url, sdl: sdl ?? "" };
  }
  return { name, url, sdl: await awaitSubgraphSdl({ name, url }, transport, options) };
}

/** Composed once, in a thread with limits: a subgraph of someone else's must not keep the gateway from telling why it cannot start. */
async function compose(definitions: readonly SubgraphDefinition[], node: boolean): Promise<string> {
  const composer = createComposer();
  const outcome = await composer.compose(definitions, { node }).finally(() => composer.close());
  if (outcome.errors !== undefined) {
    const list = outcome.errors.map(({ code, message }) => `  - ${code === undefined ? "" : `${code}: `}${message}`);
    throw new StartError(`The subgraphs do not compose to one graph. Mend these and start again:\n${list.join("\n")}`);
  }
  return outcome.supergraphSdl;
}
