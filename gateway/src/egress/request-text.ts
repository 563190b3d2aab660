import { invariant } from "@alliance-hub/shared/invariant";
import type { SubgraphRequest } from "./subgraph-transport";

/** Nothing that could end a header and begin another. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/** Prints requests to one address: head and body, ready to be sent. @returns a function that is told how much time is left */
export function createRequestPrinter(url: URL): (request: SubgraphRequest, timeLeftMs: number) => string {
  const head = [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    "connection: keep-alive",
    "content-type: application/json",
    "accept: application/graphql-response+json, application/json",
    "x-request-id: ",
  ].join("\r\n");
  return (request, timeLeftMs) => {
    const { requestId, body = printBody(request) } = request;
    invariant(HEADER_VALUE.test(requestId), "the id of a request fits into a header");
    // Time left, not the time of day: the clocks of two members differ.
    return `${head}${requestId}\r\nx-deadline-ms: ${timeLeftMs}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
}

function printBody({ query, operationName, variables }: SubgraphRequest): string {
  return JSON.stringify({ query, operationName, variables });
}
