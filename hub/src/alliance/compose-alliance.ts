import { composeSupergraph, type SubgraphDefinition } from "@alliance-hub/gateway/composition/compose-supergraph";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { buildDefinedSchema } from "@alliance-hub/shared/server/subgraph";
import { SHARED_SUBGRAPH_NAMES, SHARED_SUBGRAPHS, type SharedSubgraphName } from "./shared-subgraphs";

/** The SDL of each shared subgraph, printed from the code; no database is needed. */
export async function printSharedSubgraphs(): Promise<Map<SharedSubgraphName, string>> {
  const printed = new Map<SharedSubgraphName, string>();
  for (const name of SHARED_SUBGRAPH_NAMES) {
    printed.set(name, (await buildDefinedSchema(SHARED_SUBGRAPHS[name].definition)).sdl);
  }
  return printed;
}

/** The supergraph of the shared subgraphs with Query.node. @throws StartError when they do not compose */
export function composeAlliance(subgraphs: readonly SubgraphDefinition[]): string {
  const outcome = composeSupergraph(subgraphs, { node: true });
  if (outcome.errors !== undefined) {
    const list = outcome.errors.map(({ message }) => `  - ${message}`).join("\n");
    throw new StartError(`The subgraphs do not compose to one graph. Mend these and start again:\n${list}`);
  }
  return outcome.supergraphSdl;
}
