import { readSubgraphEnvironment, type SubgraphEnvironment } from "@alliance-hub/shared/server/run-subgraph";

/** The only reader of the process's environment. @throws EnvironmentError */
export function readProcessEnvironment(): SubgraphEnvironment {
  return readSubgraphEnvironment(process.env);
}
