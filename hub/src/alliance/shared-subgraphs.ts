import { createFundsSubgraph, FUNDS_SUBGRAPH } from "@alliance-hub/funds/subgraph";
import { createNeedsSubgraph, NEEDS_SUBGRAPH } from "@alliance-hub/needs/subgraph";
import { createOrganizationsSubgraph, ORGANIZATIONS_SUBGRAPH } from "@alliance-hub/organizations/subgraph";
import { createProjectsSubgraph, PROJECTS_SUBGRAPH } from "@alliance-hub/projects/subgraph";
import type { Subgraph, SubgraphDefinition, SubgraphOptions } from "@alliance-hub/shared/server/subgraph";

export const SHARED_SUBGRAPH_NAMES = ["organizations", "needs", "projects", "funds"] as const;
export type SharedSubgraphName = (typeof SHARED_SUBGRAPH_NAMES)[number];

export interface SharedSubgraph {
  readonly definition: SubgraphDefinition;
  readonly create: (options: SubgraphOptions) => Promise<Subgraph>;
}

/** The four subgraphs that every alliance shares. */
export const SHARED_SUBGRAPHS: Readonly<Record<SharedSubgraphName, SharedSubgraph>> = {
  organizations: { definition: ORGANIZATIONS_SUBGRAPH, create: createOrganizationsSubgraph },
  needs: { definition: NEEDS_SUBGRAPH, create: createNeedsSubgraph },
  projects: { definition: PROJECTS_SUBGRAPH, create: createProjectsSubgraph },
  funds: { definition: FUNDS_SUBGRAPH, create: createFundsSubgraph },
};
