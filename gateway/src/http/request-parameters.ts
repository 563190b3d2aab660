import { HttpRefusal } from "./http-refusal";
import { PersistedQueryRefusal } from "./persisted-query-refusal";
import { parseJsonText } from "./request-json";

/** The parameters of a GraphQL request (GraphQL over HTTP, section "Request Parameters"); `extensions` are checked and dropped. */
export interface RequestParameters {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** @throws HttpRefusal 400 naming the parameter that is missing or of another type */
export function readBodyParameters(body: unknown): RequestParameters {
  if (body === undefined) {
    throw new HttpRefusal(400, "BAD_USER_INPUT", 'The request has no body. Send {"query": "..."}.', {
      fields: ["query"],
    });
  }
  if (Array.isArray(body)) {
    throw new HttpRefusal(
      400,
      "BAD_USER_INPUT",
      "Batches are not supported: send one operation per request, or several root fields in one operation.",
    );
  }
  if (!isObject(body)) {
    throw new HttpRefusal(400, "BAD_USER_INPUT", 'The request body must be a JSON object such as {"query": "..."}.');
  }
  return readParameters(body);
}

/**
 * @param search the parameters of the address, each a string, or a list when it stood there more than once
 * @throws HttpRefusal 400
 */
export function readUrlParameters(search: Readonly<Record<string, unknown>>, maxJsonDepth: number): RequestParameters {
  for (const name of ["query", "operationName", "variables", "extensions"]) {
    if (Array.isArray(search[name])) {
      throw invalidParameter(name, "stands in the address more than once");
    }
  }
  return readParameters({
    query: search["query"],
    // A form sends an empty text for a field that was left out.
    operationName: search["operationName"] === "" ? undefined : search["operationName"],
    variables: parseUrlJson("variables", search["variables"], maxJsonDepth),
    extensions: parseUrlJson("extensions", search["extensions"], maxJsonDepth),
  });
}

function parseUrlJson(name: string, value: unknown, maxJsonDepth: number): unknown {
  return typeof value === "string" && value !== ""
    ? parseJsonText(value, `The parameter "${name}"`, maxJsonDepth)
    : undefined;
}

function readParameters(input: Readonly<Record<string, unknown>>): RequestParameters {
  const { query, operationName, variables, extensions } = input;
  if (query === undefined || query === null || query === "") {
    if (isObject(extensions) && isObject(extensions["persistedQuery"])) {
      throw new PersistedQueryRefusal();
    }
    throw invalidParameter("query", "is missing: it holds the GraphQL document");
  }
  if (typeof query !== "string") {
    throw invalidParameter("query", "must be a string");
  }
  if (!isAbsent(operationName) && typeof operationName !== "string") {
    throw invalidParameter("operationName", "must be a string or null");
  }
  if (!isAbsent(variables) && !isObject(variables)) {
    throw invalidParameter("variables", "must be an object or null");
  }
  if (!isAbsent(extensions) && !isObject(extensions)) {
    throw invalidParameter("extensions", "must be an object or null");
  }
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalidParameter(name: string, fault: string): HttpRefusal {
  return new HttpRefusal(400, "BAD_USER_INPUT", `The parameter "${name}" ${fault}.`, { fields: [name] });
}
