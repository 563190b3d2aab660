import { isQuery } from "../egress/is-query";
import type { SubgraphRequest } from "../egress/subgraph-transport";
import type { Question } from "./flights";

/**
 * All that an instance's answer may depend on, but for who asks. Undefined when nothing may be shared: it is no query, or
 * nobody said who asks.
 */
export function printQuestion(request: SubgraphRequest): Question | undefined {
  const { query, operationName, body, entities, authorizationClass } = request;
  if (authorizationClass === undefined || !isQuery(query)) {
    return undefined;
  }
  const text = body ?? JSON.stringify({ query, operationName, variables: request.variables });
  return { text, key: entities === undefined ? text : printShortKey(entities, text) };
}

/** Bodies with many representations are long, and hashing them costs more than all else: most are told apart by less. */
function printShortKey({ groups }: NonNullable<SubgraphRequest["entities"]>, { length }: string): string {
  const [first] = groups;
  return `${length} ${first?.representations.length} ${first?.representations[0]}`;
}
