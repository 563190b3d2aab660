import { type Audit, serverAudits } from "graphql-http";

/**
 * Every MUST, SHOULD and MAY of the GraphQL over HTTP specification that graphql-http knows.
 * @param url where the server is, asked for when an audit runs
 * @param headers sent with each request, such as the one that shows it is not forged
 */
export function listGraphqlOverHttpAudits(url: () => string, headers: Readonly<Record<string, string>>): Audit[] {
  return serverAudits({
    url,
    fetchFn: (address: string, init: RequestInit = {}) =>
      fetch(address, { ...init, headers: { ...init.headers, ...headers } }),
  });
}
