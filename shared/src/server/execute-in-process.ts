import { type DocumentNode, execute, GraphQLError, type GraphQLFormattedError, parse, validate } from "graphql";
import { type CacheBounds, LruCache } from "../lru-cache";
import { maskError } from "../mask-error";
import { readMaxAge } from "./cache-policy";
import type { Subgraph } from "./subgraph";

/** A GraphQL request as it comes from our own gateway in the same process. */
export interface InProcessRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

export interface InProcessResponse {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  /** Where all of it may be kept for everybody: what the server would say in `cache-control`. */
  readonly cacheHint?: { readonly maxAgeMs: number };
}

interface CheckedDocument {
  readonly document: DocumentNode;
  readonly cacheHint: InProcessResponse["cacheHint"];
}

/** The gateway's plans repeat the same few documents. Weights are characters: a client chooses what a plan asks for. */
const DOCUMENT_CACHE: CacheBounds = { maxEntries: 1_000, maxWeight: 1_000_000 };

/**
 * Answers requests of the same process as the subgraph's server would answer them over HTTP: same context, same errors,
 * data as JSON would carry it (plain values, nothing of the database's objects).
 */
export function makeInProcessExecutor(subgraph: Subgraph): (request: InProcessRequest) => Promise<InProcessResponse> {
  const documents = new LruCache<CheckedDocument>(DOCUMENT_CACHE);
  return async (request) => {
    const known = documents.get(request.query);
    const checked = known ?? checkDocument(subgraph, request.query);
    if (!("document" in checked)) {
      return { errors: checked.map((error) => maskError(error, subgraph.log)) };
    }
    if (known === undefined) {
      documents.set(request.query, checked, request.query.length);
    }
    const context = subgraph.createContext(request);
    const { data, errors } = await execute({
      schema: subgraph.schema,
      document: checked.document,
      contextValue: context,
      variableValues: request.variables,
      operationName: request.operationName,
    });
    return {
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: errors.map((error) => maskError(error, context.log)) }),
      ...(errors === undefined && checked.cacheHint !== undefined && { cacheHint: checked.cacheHint }),
    };
  };
}

function checkDocument(subgraph: Subgraph, query: string): CheckedDocument | readonly GraphQLError[] {
  try {
    const document = parse(query, { noLocation: true });
    const errors = validate(subgraph.schema, document);
    if (errors.length > 0) {
      return errors;
    }
    const maxAge = readMaxAge(subgraph.schema, document);
    return { document, cacheHint: maxAge > 0 ? { maxAgeMs: maxAge * 1_000 } : undefined };
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError("The document cannot be read.")];
  }
}
