import type { UnanswerableField } from "./check-satisfiability";

/** Longer lists of subgraphs are cut: with hundreds of members, nobody reads them all. */
const MAX_NAMES = 5;

/** One sentence: the query, the field, who could answer it, and from where that cannot be reached. */
export function describeUnanswerable(field: UnanswerableField): string {
  const { operation, path, typeName, fieldName, from, holders } = field;
  const query = `${operation === "query" ? "" : `${operation} `}{ ${path.join(" { ")}${" }".repeat(path.length)}`;
  const coordinate = `"${typeName}.${fieldName}"`;
  const source = `"${typeName}" from ${listNames(from)}`;
  return holders.length === 0
    ? `This query cannot be answered: ${query}. No subgraph can resolve ${coordinate}: it is external, or what it requires is out of reach.`
    : `This query cannot be answered: ${query}. ${coordinate} is resolved by ${listNames(holders)}, and no key leads there with a ${source}.`;
}

function listNames(names: readonly string[]): string {
  const listed = names.slice(0, MAX_NAMES).map((name) => `"${name}"`);
  const rest = names.length - listed.length;
  return `${names.length === 1 ? "subgraph" : "subgraphs"} ${listed.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
