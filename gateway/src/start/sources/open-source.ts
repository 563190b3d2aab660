import { resolve } from "node:path";
import type { Logger } from "pino";
import { createComposer } from "../../composition/composer";
import type { AllianceEnvironment } from "../../env";
import type { GraphSource } from "../gateway-arguments";
import { readSubgraphsFile, type SubgraphSource } from "../graph-files";
import type { SharedTransports } from "../swap/shared-transports";
import { createComposedSource } from "./composed-source";
import { createSupergraphFileSource } from "./supergraph-file-source";
import type { SupergraphSource } from "./supergraph-source";

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
 * The source that the operator chose.
 * @param alliance the subgraphs that a source of kind `alliance` consists of
 */
export function openSource(
  source: GraphSource,
  alliance: readonly SubgraphSource[],
  transports: SharedTransports,
  log: Logger,
): SupergraphSource {
  if (source.kind === "supergraph-file") {
    return createSupergraphFileSource(source.path);
  }
  // A subgraph of someone else's must not keep the gateway from telling why it cannot start: composed in a thread with limits.
  const more = { transports, composer: createComposer(), log };
  if (source.kind === "alliance") {
    // Query.node belongs to the alliance's ids; another federation's graph is served as it is.
    return createComposedSource({ ...more, name: "alliance", readSubgraphs: () => alliance, node: true });
  }
  return createComposedSource({
    ...more,
    name: `subgraphs-file:${resolve(source.path)}`,
    readSubgraphs: () => readSubgraphsFile(source.path),
    node: false,
  });
}
