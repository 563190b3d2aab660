import { runSubgraph } from "@alliance-hub/shared/server/run-subgraph";
import { readProcessEnvironment } from "./env";
import { createFundsSubgraph } from "./subgraph";

void runSubgraph({ name: "funds", create: createFundsSubgraph, readEnvironment: readProcessEnvironment });
