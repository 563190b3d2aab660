import { ERROR_CODES } from "@alliance-hub/shared/error-codes";
import { HubError } from "@alliance-hub/shared/hub-error";
import type { CacheBounds } from "@alliance-hub/shared/lru-cache";
import type { GraphQLError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { NODE_SUBGRAPH_URL } from "./composition/node-subgraph";
import type { SubgraphTransport } from "./egress/subgraph-transport";
import { compileOperation, type ExecutableOperation } from "./execution/executable-operation";
import { executeOperation, type OperationResult } from "./execution/execute-operation";
import type { FormattedError, GatewayRequest, GatewayResponse } from "./graphql-request";
import { createNodeTransport } from "./nodes/node-transport";
import { createSubgraphCaller } from "./partitions/subgraph-caller";
import { coerceVariables } from "./planning/coerce-variables";
import { createCostMeter, DEFAULT_MAX_COST } from "./planning/cost/cost-meter";
import { DEFAULT_OPERATION_LIMITS, type OperationLimits } from "./planning/operation-limits";
import { createPlanner, type PlannedOperation } from "./planning/planner";
import { RequestRefused } from "./planning/request-refused";
import type { Supergraph } from "./planning/supergraph";
import { createPrintedResponse } from "./printed-response";

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** By subgraph name, as in `@join__graph(name:)`. The gateway's own subgraph needs none. Closed with the gateway. */
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly limits?: Partial<OperationLimits>;
  /** What one operation may cost; DEFAULT_MAX_COST without it. */
  readonly maxCost?: number;
  /** Whether answers tell their cost, in `extensions.cost`. */
  readonly tellsCost?: boolean;
  /** Whether clients may read the schema; true without it. When false, errors do not suggest names either. */
  readonly introspection?: boolean;
  /** Of the documents and plans that are kept, in characters of GraphQL. */
  readonly planCache?: CacheBounds;
  readonly log: Logger;
}

export interface Gateway {
  /** Never rejects. */
  execute(request: GatewayRequest): Promise<GatewayResponse>;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** SHA-256 of the supergraph. */
  readonly schemaId: string;
  close(): Promise<void>;
}

/** A character of a plan stands for some hundred bytes of parsed document, compiled plan and response shape. */
const DEFAULT_PLAN_CACHE: CacheBounds = { maxEntries: 1_000, maxWeight: 2_000_000 };

/**
 * One gateway for one supergraph: limits, validation, plan, execution, response.
 * @throws PlannerUnavailable SupergraphInvalid GraphQLError (malformed supergraph)
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { log } = options;
  const planner = createPlanner(options.supergraphSdl, {
    limits: { ...DEFAULT_OPERATION_LIMITS, ...options.limits },
    introspection: options.introspection ?? true,
    cache: options.planCache ?? DEFAULT_PLAN_CACHE,
  });
  const { supergraph, planKeys } = planner;
  const schema = supergraph.publicSchema;
  const costMeter = createCostMeter(supergraph, options.maxCost ?? DEFAULT_MAX_COST);
  const transports = addNodeTransport(supergraph, options.transports, log);
  const callSubgraph = createSubgraphCaller(transports, log);
  const executables = new WeakMap<PlannedOperation, ExecutableOperation>();

  function compile(planned: PlannedOperation): ExecutableOperation {
    const known = executables.get(planned);
    if (known !== undefined) {
      return known;
    }
    const executable = compileOperation(planned, supergraph, planKeys);
    executables.set(planned, executable);
    return executable;
  }

  async function run(request: GatewayRequest): Promise<GatewayResponse> {
    const operation = planner.findOperation(request.query, request.operationName);
    const { operationKind, operationName } = operation;
    if (operationKind === "mutation" && !request.allowMutation) {
      const refusal = new HubError("BAD_USER_INPUT", "A mutation is only accepted by POST.");
      return { kind: "request-error", errors: [formatRequestError(refusal)], operationKind, operationName };
    }
    const variables = coerceVariables(schema, operation.operation.variableDefinitions ?? [], request.variables ?? {});
    const cost = costMeter.measureCost(operation, variables);
    const planned = await planner.planOperation(operation, variables);
    const { requestId, deadlineAtMs, signal } = request;
    const result = await executeOperation(compile(planned), {
      variables,
      callSubgraph,
      requestId,
      deadlineAtMs,
      signal,
      log,
    });
    const about = {
      kind: "executed" as const,
      ...formatExtensions(result.completeness, options.tellsCost === true ? cost : undefined),
      operationKind,
      operationName,
    };
    return result.dataText === undefined
      ? { ...about, data: result.data, ...(result.errors !== undefined && { errors: result.errors }) }
      : createPrintedResponse(about, result.dataText);
  }

  return {
    schema,
    schemaId: supergraph.schemaId,
    async execute(request) {
      try {
        return await run(request);
      } catch (error) {
        if (error instanceof RequestRefused) {
          if (error.cause !== undefined) {
            log.error({ requestId: request.requestId, err: error }, "a valid operation was refused");
          }
          return { kind: "request-error", errors: error.errors.map(formatRequestError) };
        }
        log.error({ requestId: request.requestId, err: error }, "an operation failed");
        return {
          kind: "executed",
          data: null,
          errors: [formatRequestError(new HubError("INTERNAL", INTERNAL_MESSAGE))],
        };
      }
    },
    async close() {
      await Promise.all([...transports.values()].map((transport) => transport.close()));
    },
  };
}

const INTERNAL_MESSAGE = "Something went wrong.";

/** No entry at all where there is nothing to tell. */
function formatExtensions(
  completeness: OperationResult["completeness"],
  cost: number | undefined,
): Pick<GatewayResponse, "extensions"> {
  return completeness === undefined && cost === undefined
    ? {}
    : { extensions: { ...(completeness !== undefined && { completeness }), ...(cost !== undefined && { cost }) } };
}

/** The gateway answers for its own subgraph itself, unless somebody else was named for it. */
function addNodeTransport(
  supergraph: Supergraph,
  transports: ReadonlyMap<string, SubgraphTransport>,
  log: Logger,
): ReadonlyMap<string, SubgraphTransport> {
  const own = [...supergraph.subgraphs].find(([name, url]) => url === NODE_SUBGRAPH_URL && !transports.has(name));
  if (own === undefined) {
    return transports;
  }
  const [name] = own;
  const callSubgraph = createSubgraphCaller(transports, log);
  return new Map([...transports, [name, createNodeTransport({ supergraph: supergraph.document, callSubgraph })]]);
}

/** Errors of the GraphQL specification itself (syntax, validation) have no code of the catalogue: they are the caller's mistake. */
function formatRequestError(error: GraphQLError): FormattedError {
  const { message, locations } = error;
  const code = error instanceof HubError ? error.code : "BAD_USER_INPUT";
  return {
    message,
    ...(locations !== undefined && locations.length > 0 && { locations }),
    extensions: { ...error.extensions, code, retryable: ERROR_CODES[code].retryable },
  };
}
