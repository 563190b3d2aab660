import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  specifiedRules,
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

export interface DocumentRules {
  readonly limits: OperationLimits;
  /** Whether clients may read the schema. Otherwise errors suggest no names either: "Did you mean" is a way to read it. */
  readonly introspection: boolean;
}

/** @throws RequestRefused */
export function readDocument(query: string, schema: GraphQLSchema, rules: DocumentRules): ValidDocument {
  const document = parseDocument(query, rules.limits);
  const errors = findFaults(document, schema, rules);
  if (errors.length > 0) {
    throw new RequestRefused(rules.introspection ? errors : errors.map(withoutSuggestion));
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

function findFaults(document: DocumentNode, schema: GraphQLSchema, { introspection }: DocumentRules) {
  try {
    return validate(
      schema,
      document,
      introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule],
      { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection },
    );
  } catch (error) {
    if (error instanceof GraphQLError) {
      // The rule of the single root field throws for `@skip(if: $variable)` on it, which later specifications forbid.
      return [error];
    }
    throw error;
  }
}

/** Rules that do not know `hideSuggestions` write one themselves. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const [message = ""] = error.message.split(" Did you mean ");
  return message === error.message ? error : new GraphQLError(message, { nodes: error.nodes });
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
 * @throws RequestRefused when the name is of none, or missing while there are several, or the schema has no such operations
 * (no validation rule says so)
 */
export function selectOperation(
  document: ValidDocument,
  operationName: string | undefined,
  schema: GraphQLSchema,
): OperationDefinitionNode {
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
  if (!schema.getRootType(operation.operation)) {
    throw RequestRefused.because("BAD_USER_INPUT", `The schema has no ${operation.operation}.`);
  }
  return operation;
}
