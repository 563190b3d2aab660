import { type SubgraphResponse, SubgraphUnreachable } from "./subgraph-transport";

/**
 * Reads a GraphQL answer.
 * @param name the subgraph's, for logs
 * @throws SubgraphUnreachable for what is no JSON object with `data` or `errors`
 */
export function parseAnswer(text: string, name: string): SubgraphResponse {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw new SubgraphUnreachable(name, "invalid", "the answer is not JSON", { cause: error });
  }
  if (typeof answer !== "object" || answer === null || !("data" in answer || "errors" in answer)) {
    throw new SubgraphUnreachable(name, "invalid", "the answer has neither data nor errors");
  }
  const { data, errors } = answer as SubgraphResponse;
  return { data, errors };
}
