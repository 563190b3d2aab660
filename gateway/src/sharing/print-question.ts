import { isQuery } from "../egress/is-query";
import type { SubgraphRequest } from "../egress/subgraph-transport";

/**
 * All that an instance's answer may depend on, but for who asks. Undefined when nothing may be shared: it is no query, or
 * nobody said who asks.
 */
export function printQuestion(request: SubgraphRequest): string | undefined {
  const { query, operationName, body, authorizationClass } = request;
  if (authorizationClass === undefined || !isQuery(query)) {
    return undefined;
  }
  return body ?? JSON.stringify({ query, operationName, variables: request.variables });
}
