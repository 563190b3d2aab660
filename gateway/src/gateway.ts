import type { CacheBounds } from "@alliance-hub/shared/lru-cache";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { SubgraphTransport } from "./egress/subgraph-transport";
import { compileOperation, type ExecutableOperation } from "./execution/executable-operation";
import { createSourceCall, executeEvent } from "./execution/execute-event";
import { executeOperation } from "./execution/execute-operation";
import { answerFailure, findRefusal, formatResult, refuseRequest } from "./format-answer";
import { serveOwnNodes } from "./nodes/serve-own-nodes";
import { OperationUse, type UsedOperation } from "./operation-use";
import { createSubgraphCaller, type SubgraphReply } from "./partitions/subgraph-caller";
import { createSubgraphSubscriber } from "./partitions/subgraph-subscriber";
import { coerceVariables } from "./planning/coerce-variables";
import { createCostMeter, DEFAULT_MAX_COST } from "./planning/cost/cost-meter";
import { DEFAULT_OPERATION_LIMITS, type OperationLimits } from "./planning/operation-limits";
import type { PlanMaker } from "./planning/plan-maker";
import { createPlanner, type ValidOperation } from "./planning/planner";
import type { GatewayRequest, GatewayResponse, StreamOutcome, StreamRequest } from "./request/graphql-request";
import { Sharing, type SharingOptions } from "./sharing/sharing";
import { DEFAULT_MAX_SUBSCRIPTIONS, OpenSubscriptions } from "./subscriptions/open-subscriptions";
import { type OperationDeadline, startDeadline } from "./subscriptions/operation-deadline";
import { streamResults } from "./subscriptions/stream-results";
import type { SubscriptionEndReason } from "./subscriptions/subscription-end";

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
  /** Subscriptions that may be open at the same time; DEFAULT_MAX_SUBSCRIPTIONS without it, none with 0. */
  readonly maxSubscriptions?: number;
  /** For the same supergraph; one in this process without it. Closed with the gateway. */
  readonly planMaker?: PlanMaker;
  /** What requests of one authorisation class share; DEFAULT_SHARING for what is not said. */
  readonly sharing?: Partial<SharingOptions>;
  /** Labels of `@override(label:)` that are switched on; `percent(n)` needs no switch. */
  readonly overrideLabels?: readonly string[];
  /** At least 0, less than 1; Math.random() without it. Decides for each request which `percent(n)` are active. */
  readonly random?: () => number;
  readonly log: Logger;
}

export interface Gateway {
  /** Never rejects. */
  execute(request: GatewayRequest): Promise<GatewayResponse>;
  /** As execute(), for clients that take a stream: a subscription is answered here alone. Never rejects. */
  subscribe(request: StreamRequest): Promise<StreamOutcome>;
  /**
   * Ends all subscriptions, and each new one at once: their last result has an error SUBSCRIPTION_INTERRUPTED, whose extensions
   * say `resume: true`. Settles when each has been told, or its client has gone. Queries and mutations go on.
   */
  endSubscriptions(reason: SubscriptionEndReason): Promise<void>;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** SHA-256 of the supergraph. */
  readonly schemaId: string;
  /** What it was asked most, first. */
  listOperations(max: number): Promise<readonly UsedOperation[]>;
  /**
   * Validates, plans and compiles, so that the first request need not wait for it.
   * @throws RequestRefused for what this supergraph does not answer
   */
  warm(operation: UsedOperation): Promise<void>;
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
    ...(options.planMaker !== undefined && { planMaker: options.planMaker }),
    ...(options.overrideLabels !== undefined && { overrideLabels: options.overrideLabels }),
  });
  const { supergraph, planKeys } = planner;
  const random = options.random ?? Math.random;
  warnOfUnknownLabels(options.overrideLabels, planner.knownOverrideLabels, log);
  const schema = supergraph.publicSchema;
  const costMeter = createCostMeter(supergraph, options.maxCost ?? DEFAULT_MAX_COST);
  const sharing = new Sharing<GatewayResponse>(options.sharing);
  const transports = serveOwnNodes(supergraph, sharing.wrapTransports(options.transports), log);
  const callSubgraph = createSubgraphCaller(transports, log);
  const subscribeSubgraph = createSubgraphSubscriber(transports, log);
  const subscriptions = new OpenSubscriptions(options.maxSubscriptions ?? DEFAULT_MAX_SUBSCRIPTIONS);
  const operations = new OperationUse((planned) => compileOperation(planned, supergraph, planKeys));

  /** @throws RequestRefused */
  async function prepare(
    operation: ValidOperation,
    rawVariables: GatewayRequest["variables"],
  ): Promise<PreparedOperation> {
    const variables = coerceVariables(schema, operation.operation.variableDefinitions ?? [], rawVariables ?? {});
    const cost = costMeter.measureCost(operation, variables);
    const executable = operations.open(await planner.planOperation(operation, variables, random() * 100));
    return { executable, variables, cost: options.tellsCost === true ? cost : undefined };
  }

  async function run(request: GatewayRequest): Promise<GatewayResponse> {
    const operation = planner.findOperation(request.query, request.operationName);
    const { operationKind } = operation;
    const refusal = findRefusal(operationKind, request.allowMutation);
    if (refusal !== undefined) {
      return refuseRequest([refusal], operation);
    }
    const { executable, variables, cost } = await prepare(operation, request.variables);
    const { requestId, deadlineAtMs, signal } = request;
    const asker = {
      operationKind,
      executable,
      authorizationClass: request.authorizationClass,
      variables,
      requestId,
      deadlineAtMs,
      signal,
    };
    const { answer, executedFor } = await sharing.run(asker, async (end, authorizationClass) => {
      const call = { variables, callSubgraph, authorizationClass, requestId, deadlineAtMs, signal: end, log };
      return formatResult(await executeOperation(executable, call), cost, operation);
    });
    if (executedFor !== requestId) {
      log.debug({ requestId, executedFor }, "answered together with another request");
    }
    return answer;
  }

  async function openStream(request: StreamRequest): Promise<StreamOutcome> {
    const { requestId, timeoutMs, signal: leaving } = request;
    const operation = planner.findOperation(request.query, request.operationName);
    if (operation.operationKind !== "subscription") {
      const deadline = startDeadline(timeoutMs, leaving);
      return { kind: "response", response: await run({ ...request, ...deadline }).finally(() => deadline.end()) };
    }
    const subscription = subscriptions.open(leaving);
    try {
      const { executable, variables, cost } = await prepare(operation, request.variables);
      const { signal } = subscription;
      const call = { variables, requestId, deadlineAtMs: Date.now() + timeoutMs, signal, log };
      const source = await subscribeSubgraph(createSourceCall(executable, call));
      const respond = (event: SubgraphReply, { deadlineAtMs, signal }: OperationDeadline) =>
        executeEvent(executable, { variables, callSubgraph, requestId, deadlineAtMs, signal, log }, event).then(
          (result) => formatResult(result, cost, operation),
          (error: unknown) => answerFailure(error, requestId, log),
        );
      const { operationName } = operation;
      const results = streamResults({ subscription, source, leaving, timeoutMs, respond });
      return { kind: "stream", operationName, results };
    } catch (error) {
      subscription.release();
      throw error;
    }
  }

  return {
    schema,
    schemaId: supergraph.schemaId,
    execute: (request) => run(request).catch((error: unknown) => answerFailure(error, request.requestId, log)),
    subscribe: (request) =>
      openStream(request).catch((error: unknown) => ({
        kind: "response",
        response: answerFailure(error, request.requestId, log),
      })),
    endSubscriptions: (reason) => subscriptions.endAll(reason),
    listOperations: async (max) => operations.list(await planner.listPlanned(), max),
    async warm({ query, operationName, conditions, uses }) {
      const operation = planner.findOperation(query, operationName);
      operations.open(await planner.planOperation(operation, conditions, random() * 100), uses);
    },
    async close() {
      await Promise.all([planner.close(), ...[...transports.values()].map((transport) => transport.close())]);
    },
  };
}

interface PreparedOperation {
  readonly executable: ExecutableOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Undefined where it is not told. */
  readonly cost: number | undefined;
}

function warnOfUnknownLabels(labels: readonly string[] = [], known: ReadonlySet<string>, log: Logger): void {
  const unknown = labels.filter((label) => !known.has(label));
  if (unknown.length > 0) {
    log.warn({ labels: unknown }, "the graph has no @override with these labels");
  }
}
