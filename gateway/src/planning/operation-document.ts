import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  validate,
} from "graphql";
import { type OperationLimits, parseWithinLimits } from "./operation-limits";
import { RequestRefused } from "./request-refused";

/** Errors of one document that are told; a large document can break the rules thousands of times. */
const MAX_VALIDATION_ERRORS = 10;

/** A document that is within the limits and valid for the schema. */
export interface ValidDocument {
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** @throws RequestRefused */
export function readDocument(query: string, schema: GraphQLSchema, limits: OperationLimits): ValidDocument {
  const document = parseDocument(query, limits);
  const errors = validate(schema, document, undefined, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) {
    throw new RequestRefused(errors);
  }
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      operations.push(definition);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return { operations, fragments };
}

function parseDocument(query: string, limits: OperationLimits): DocumentNode {
  try {
    return parseWithinLimits(query, limits);
  } catch (error) {
    if (error instanceof GraphQLError) {
      throw new RequestRefused([error]);
    }
    throw error;
  }
}

/**
 * The operation to run (GraphQL specification 6.1, GetOperation).
 * @throws RequestRefused when the name is of none, or missing while there are several, or the operation is a subscription
 */
export function selectOperation(document: ValidDocument, operationName: string | undefined): OperationDefinitionNode {
  const { operations } = document;
  const [only] = operations;
  if (only === undefined) {
    throw RequestRefused.because("BAD_USER_INPUT", "The document has no operation.");
  }
  if (operationName === undefined && operations.length > 1) {
    throw RequestRefused.because(
      "BAD_USER_INPUT",
      "The document has several operations: operationName must say which.",
    );
  }
  const operation =
    operationName === undefined ? only : operations.find((candidate) => candidate.name?.value === operationName);
  if (operation === undefined) {
    throw RequestRefused.because("BAD_USER_INPUT", "The document has no operation with the given operationName.");
  }
  if (operation.operation === "subscription") {
    throw RequestRefused.because("NOT_AVAILABLE", "Subscriptions are not available.");
  }
  return operation;
}
