import { runSubgraph } from "@alliance-hub/shared/server/run-subgraph";
import { readProcessEnvironment } from "./env";
import { createOrganizationsSubgraph } from "./subgraph";

void runSubgraph({
  name: "organizations",
  create: createOrganizationsSubgraph,
  readEnvironment: readProcessEnvironment,
});
