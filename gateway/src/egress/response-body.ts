import { DEFAULT_STRUCTURE_LIMITS, findStructureFault } from "./answer-structure";
import { type SubgraphRequest, type SubgraphResponse, SubgraphUnreachable } from "./subgraph-transport";

/** Text that is shorter cannot do harm, whatever its structure; most answers are, and are not looked at twice. */
const HARMLESS_LENGTH = 64 * 1024;

/**
 * A GraphQL answer, by whoever asked for it if that can be, and parsed otherwise.
 * @param name the subgraph's, for logs
 * @throws SubgraphUnreachable as parseAnswer
 */
export function readAnswer(text: string, name: string, readText: SubgraphRequest["readText"]): SubgraphResponse {
  if (readText === undefined) {
    return parseAnswer(text, name);
  }
  refuseHarmfulStructure(text, name);
  return readText(text) ? { text } : parseText(text, name);
}

/**
 * Reads a GraphQL answer.
 * @param name the subgraph's, for logs
 * @throws SubgraphUnreachable for what is no JSON object with `data` or `errors`, or has too much in it
 */
export function parseAnswer(text: string, name: string): SubgraphResponse {
  refuseHarmfulStructure(text, name);
  return parseText(text, name);
}

function parseText(text: string, name: string): SubgraphResponse {
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

/** To be called before anything else reads an instance's text. @throws SubgraphUnreachable */
export function refuseHarmfulStructure(text: string, name: string): void {
  if (text.length < HARMLESS_LENGTH) {
    return;
  }
  const fault = findStructureFault(text, DEFAULT_STRUCTURE_LIMITS);
  if (fault !== undefined) {
    throw new SubgraphUnreachable(name, "too_large", `the answer exceeds the limit of ${fault}`);
  }
}
