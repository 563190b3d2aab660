import { DEFAULT_OPERATION_LIMITS, parseWithinLimits } from "@alliance-hub/gateway/planning/operation-limits";
import type {
  GatewayRequest,
  GatewayResponse,
  StreamOutcome,
  StreamRequest,
} from "@alliance-hub/gateway/request/graphql-request";
import { ERROR_CODES, type ErrorCode, isErrorCode } from "@alliance-hub/shared/error-codes";
import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  validate,
} from "graphql";
import { getVariableValues } from "graphql/execution/values";

/** A gateway over one plain schema, executed by graphql-js: the reference that HTTP is tested against. */
export class GraphqlJsGateway {
  readonly requests: GatewayRequest[] = [];

  constructor(
    readonly schema: GraphQLSchema,
    readonly rootValue: unknown,
  ) {}

  /** There are no subscriptions here; all else is answered in one piece. */
  async subscribe({ timeoutMs, ...request }: StreamRequest): Promise<StreamOutcome> {
    const response = await this.execute({ ...request, deadlineAtMs: Date.now() + timeoutMs });
    return { kind: "response", response };
  }

  async endSubscriptions(): Promise<void> {}

  async execute(request: GatewayRequest): Promise<GatewayResponse> {
    this.requests.push(request);
    let document: DocumentNode;
    try {
      document = parseWithinLimits(request.query, DEFAULT_OPERATION_LIMITS);
    } catch (error) {
      return refuse([error]);
    }
    const operation = getOperationAST(document, request.operationName);
    if (!operation) {
      return refuse([new GraphQLError("There is no such operation.")]);
    }
    const about = {
      operationKind: operation.operation === OperationTypeNode.MUTATION ? ("mutation" as const) : ("query" as const),
      operationName: operation.name?.value,
    };
    if (operation.operation === OperationTypeNode.MUTATION && !request.allowMutation) {
      return { ...refuse([new GraphQLError("A mutation is not allowed here.")]), ...about };
    }
    const faults = validate(this.schema, document);
    const variables = getVariableValues(this.schema, operation.variableDefinitions ?? [], request.variables ?? {});
    if (faults.length > 0 || variables.errors !== undefined) {
      return { ...refuse([...faults, ...(variables.errors ?? [])]), ...about };
    }
    const result = await execute({
      schema: this.schema,
      document,
      rootValue: this.rootValue,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: request,
    });
    return {
      kind: "executed",
      data: result.data ?? null,
      errors: result.errors?.map((error) => format(error, "INTERNAL")),
      ...about,
    };
  }
}

function refuse(errors: readonly unknown[]): GatewayResponse {
  return { kind: "request-error", errors: errors.map((error) => format(error, "BAD_USER_INPUT")) };
}

function format(error: unknown, fallback: ErrorCode): NonNullable<GatewayResponse["errors"]>[number] {
  if (!(error instanceof GraphQLError)) {
    throw error;
  }
  const code = isErrorCode(error.extensions["code"]) ? error.extensions["code"] : fallback;
  return {
    message: error.message,
    locations: error.locations,
    path: error.path,
    extensions: { ...error.extensions, code, retryable: ERROR_CODES[code].retryable },
  };
}
