import type { SubgraphRequest } from "../egress/subgraph-transport";

/**
 * A request with some parts replaced. Not by spreading: `variables` may be parsed from `body` only when somebody reads it,
 * and spreading reads it.
 */
export function changeRequest(
  request: SubgraphRequest,
  changes: Partial<Omit<SubgraphRequest, "variables">>,
): SubgraphRequest {
  const { query, operationName, body, entities, authorizationClass, requestId, deadlineAtMs, signal } = request;
  const parts = {
    query,
    operationName,
    body,
    entities,
    authorizationClass,
    requestId,
    deadlineAtMs,
    signal,
    ...changes,
  };
  const variables = Object.getOwnPropertyDescriptor(request, "variables") ?? { value: request.variables };
  return Object.defineProperty(parts, "variables", variables) as unknown as SubgraphRequest;
}
