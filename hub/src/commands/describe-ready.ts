export interface ReadyHub {
  /** `http://host:port`. */
  readonly address: string;
  /** Where the data is, without a password. */
  readonly place: string;
  readonly hasDemo: boolean;
  readonly hasExplorer: boolean;
}

/** The last words of a start: where the graph is, and a query that has an answer there. */
export function describeReady({ address, place, hasDemo, hasExplorer }: ReadyHub): string {
  const query = hasDemo
    ? "{ publishedNeeds(first: 3) { totalCount nodes { title township { name } } } }"
    : "{ organizations(first: 3) { totalCount } }";
  const places = [hasExplorer ? `Explorer: ${address}/   ` : "", `Data: ${place}   Stop: Ctrl+C`].join("");
  return [
    "",
    `The alliance is up. ${places}`,
    `GraphQL at ${address}/graphql, try: curl ${address}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`,
  ].join("\n");
}
