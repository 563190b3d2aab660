import { runSubgraph } from "@alliance-hub/shared/server/run-subgraph";
import { readProcessEnvironment } from "./env";
import { createProjectsSubgraph } from "./subgraph";

void runSubgraph({ name: "projects", create: createProjectsSubgraph, readEnvironment: readProcessEnvironment });
