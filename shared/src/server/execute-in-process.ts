import { type DocumentNode, execute, GraphQLError, type GraphQLFormattedError, parse, validate } from "graphql";
import { maskError } from "../mask-error";
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
}

const MAX_DOCUMENTS = 1_000;

/**
 * Answers requests of the same process as the subgraph's server would answer them over HTTP: same context, same errors,
 * data as JSON would carry it (plain values, nothing of the database's objects).
 */
export function makeInProcessExecutor(subgraph: Subgraph): (request: InProcessRequest) => Promise<InProcessResponse> {
  const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();
  return async (request) => {
    const checked = documents.get(request.query) ?? checkDocument(subgraph, request.query);
    rememberDocument(documents, request.query, checked);
    if (!("kind" in checked)) {
      return { errors: checked.map((error) => maskError(error, subgraph.log)) };
    }
    const context = subgraph.createContext(request);
    const { data, errors } = await execute({
      schema: subgraph.schema,
      document: checked,
      contextValue: context,
      variableValues: request.variables,
      operationName: request.operationName,
    });
    return {
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: errors.map((error) => maskError(error, context.log)) }),
    };
  };
}

function checkDocument(subgraph: Subgraph, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query, { noLocation: true });
    const errors = validate(subgraph.schema, document);
    return errors.length === 0 ? document : errors;
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError("The document cannot be read.")];
  }
}

/** Oldest out first: the gateway's plans repeat the same few documents. */
function rememberDocument<V>(documents: Map<string, V>, query: string, checked: V): void {
  if (!documents.has(query) && documents.size >= MAX_DOCUMENTS) {
    const oldest = documents.keys().next().value;
    if (oldest !== undefined) {
      documents.delete(oldest);
    }
  }
  documents.set(query, checked);
}
