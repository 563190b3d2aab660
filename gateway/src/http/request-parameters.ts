import type { DocumentReference } from "./documents/document-source";
import { HttpRefusal } from "./http-refusal";
import { type JsonLimits, parseJsonText } from "./request-json";

/** The parameters of a GraphQL request (GraphQL over HTTP, section "Request Parameters"). Of `extensions` only a hash is read. */
export interface RequestParameters {
  readonly document: DocumentReference;
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
export function readUrlParameters(search: Readonly<Record<string, unknown>>, limits: JsonLimits): RequestParameters {
  for (const name of ["query", "documentId", "operationName", "variables", "extensions"]) {
    if (Array.isArray(search[name])) {
      throw invalidParameter(name, "stands in the address more than once");
    }
  }
  return readParameters({
    // A form sends an empty text for a field that was left out.
    query: search["query"] === "" ? undefined : search["query"],
    documentId: search["documentId"] === "" ? undefined : search["documentId"],
    operationName: search["operationName"] === "" ? undefined : search["operationName"],
    variables: parseUrlJson("variables", search["variables"], limits),
    extensions: parseUrlJson("extensions", search["extensions"], limits),
  });
}

function parseUrlJson(name: string, value: unknown, limits: JsonLimits): unknown {
  return typeof value === "string" && value !== ""
    ? parseJsonText(value, `The parameter "${name}"`, limits)
    : undefined;
}

function readParameters(input: Readonly<Record<string, unknown>>): RequestParameters {
  const { query, documentId, operationName, variables, extensions } = input;
  if (!isAbsent(query) && typeof query !== "string") {
    throw invalidParameter("query", "must be a string");
  }
  if (!isAbsent(documentId) && typeof documentId !== "string") {
    throw invalidParameter("documentId", "must be a string or null");
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
  const document = {
    query: query === "" ? undefined : (query ?? undefined),
    documentId: documentId ?? undefined,
    sha256Hash: readHash(extensions),
  };
  return { document, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

/** Undefined when there is none, or in a version that is not known. An entry without a usable hash is a hash of nothing. */
function readHash(extensions: Readonly<Record<string, unknown>> | null | undefined): string | undefined {
  const entry = extensions?.["persistedQuery"];
  if (!isObject(entry)) {
    return undefined;
  }
  const hash = entry["sha256Hash"];
  return typeof hash === "string" && entry["version"] === 1 ? hash : "";
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
