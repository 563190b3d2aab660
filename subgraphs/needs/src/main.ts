import { runSubgraph } from "@alliance-hub/shared/server/run-subgraph";
import { readProcessEnvironment } from "./env";
import { createNeedsSubgraph } from "./subgraph";

void runSubgraph({ name: "needs", create: createNeedsSubgraph, readEnvironment: readProcessEnvironment });
