import { HubError } from "@alliance-hub/shared/hub-error";
import { invariant } from "@alliance-hub/shared/invariant";
import { type CacheBounds, LruCache } from "@alliance-hub/shared/lru-cache";
import { type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from "graphql";
import { findConditionVariables } from "./condition-variables";
import { type Conditions, printConditions, readConditions } from "./conditions";
import { joinSteps } from "./contexts/join-steps";
import { splitByContext } from "./contexts/split-by-context";
import { type DocumentRules, readDocument, selectOperation, type ValidDocument } from "./operation-document";
import { OverrideLabels, roundPercentage } from "./override-labels";
import { splitOperation } from "./plan-document";
import { PlanKeys } from "./plan-keys";
import { createPlanMaker, NoPlan, type PlanMaker } from "./plan-maker";
import type { PlanNode } from "./plan-node";
import { printPlanText } from "./plan-text";
import { DEFAULT_PLANNING_BOUNDS, type PlanningBounds, PlanningGate } from "./planning-gate";
import { RequestRefused } from "./request-refused";
import { findFieldsRequiredWithArguments } from "./required-arguments";
import { checkSingleRootField } from "./single-root-field";
import { readSupergraph, type Supergraph } from "./supergraph";

export interface PlannerOptions extends DocumentRules {
  /** Of the plans that are kept and, apart from them, of the documents. Weights are characters of GraphQL. */
  readonly cache: CacheBounds;
  /** DEFAULT_PLANNING_BOUNDS without it. */
  readonly planning?: PlanningBounds;
  /** For the same supergraph; one in this process without it. */
  readonly planMaker?: PlanMaker;
  /** Labels of `@override(label:)` that are switched on, none without it. What the supergraph does not have is left out. */
  readonly overrideLabels?: readonly string[];
}

/** One operation of one document that may be executed. */
export interface ValidOperation {
  /** The document's text. */
  readonly query: string;
  readonly operation: OperationDefinitionNode;
  readonly operationKind: "query" | "mutation" | "subscription";
  readonly operationName: string | undefined;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** A valid operation, ready to be executed any number of times with any variables that agree with the conditions. */
export interface PlannedOperation extends ValidOperation {
  readonly conditions: Conditions;
  /** Undefined when no subgraph is needed. */
  readonly plan: PlanNode | undefined;
  /** What the public schema itself answers; undefined when the operation has no introspection. */
  readonly introspectionDocument: DocumentNode | undefined;
}

export interface Planner {
  readonly supergraph: Supergraph;
  readonly planKeys: PlanKeys;
  /** Labels that may be switched on. */
  readonly knownOverrideLabels: ReadonlySet<string>;
  /**
   * Parses and validates; once for the same text.
   * @throws RequestRefused
   */
  findOperation(query: string, operationName: string | undefined): ValidOperation;
  /**
   * Plans; once for the same operation, the same conditions and the same labels of `@override` that are active.
   * @param variables coerced
   * @param percentage drawn for this request, at least 0 and less than 100: `@override(label: "percent(n)")` is active when it is
   * less than n
   * @throws RequestRefused NOT_AVAILABLE for an operation that the planner gives up on; LIMIT_EXCEEDED and RATE_LIMITED where
   * planning takes too much
   */
  planOperation(
    operation: ValidOperation,
    variables: Readonly<Record<string, unknown>>,
    percentage: number,
  ): Promise<PlannedOperation>;
  /** What is kept, planned. */
  listPlanned(): Promise<readonly PlannedOperation[]>;
  close(): Promise<void>;
}

/**
 * A planner for one supergraph. Another supergraph means another planner: nothing is shared between the two.
 * @throws PlannerUnavailable when there is no binary for this machine
 * @throws SupergraphInvalid GraphQLError
 */
export function createPlanner(supergraphSdl: string, options: PlannerOptions): Planner {
  const planMaker = options.planMaker ?? createPlanMaker(supergraphSdl);
  const supergraph = readSupergraph(supergraphSdl);
  const { contexts } = supergraph;
  const planKeys = new PlanKeys(supergraph.publicSchema, findFieldsRequiredWithArguments(supergraph.document));
  const gate = new PlanningGate(options.planning ?? DEFAULT_PLANNING_BOUNDS);
  const documents = new LruCache<CachedDocument>(options.cache);
  const plans = new LruCache<Promise<PlannedOperation>>(options.cache);
  const made = new WeakSet<Promise<PlannedOperation>>();
  const known = new WeakMap<ValidOperation, KnownOperation>();
  const labels = new OverrideLabels(supergraph.document);
  // The same for all requests, so no part of a plan's key.
  const activeLabels = new Set(options.overrideLabels?.filter((label) => labels.known.has(label)));

  function findDocument(query: string): CachedDocument {
    const cached = documents.get(query);
    if (cached !== undefined) {
      return cached;
    }
    const document = { ...readDocument(query, supergraph.publicSchema, options), selected: new Map() };
    documents.set(query, document, query.length);
    return document;
  }

  function findOperation(query: string, operationName: string | undefined): ValidOperation {
    const document = findDocument(query);
    const node = selectOperation(document, operationName, supergraph.publicSchema);
    const cached = document.selected.get(node);
    if (cached !== undefined) {
      return cached;
    }
    const operation: ValidOperation = {
      query,
      operation: node,
      operationKind: node.operation,
      operationName: node.name?.value,
      fragments: document.fragments,
    };
    known.set(operation, {
      key: `${supergraph.schemaId}\0${node.name?.value ?? ""}\0${query}`,
      conditionVariables: findConditionVariables(node, document.fragments),
      percentages: labels.findPercentages(node, document.fragments),
    });
    document.selected.set(node, operation);
    return operation;
  }

  async function makePlan(
    valid: ValidOperation,
    conditions: Conditions,
    percentage: number,
  ): Promise<PlannedOperation> {
    const { operation, fragments } = valid;
    const split = splitOperation(operation, fragments, conditions, supergraph, planKeys);
    if (operation.operation === "subscription") {
      checkSingleRootField(split.planDocument);
    }
    return {
      ...valid,
      conditions,
      plan: split.planDocument && (await planDocument(split.planDocument, percentage)),
      introspectionDocument: split.introspectionDocument,
    };
  }

  async function planDocument(document: DocumentNode, percentage: number): Promise<PlanNode | undefined> {
    const steps = contexts && splitByContext(document, supergraph, contexts);
    if (contexts === undefined || steps === undefined) {
      return planStep(document, percentage);
    }
    const plans: (PlanNode | undefined)[] = [];
    for (const step of steps.documents) {
      plans.push(await planStep(step, percentage));
    }
    return joinSteps(plans, steps, contexts);
  }

  async function planStep(document: DocumentNode, percentage: number): Promise<PlanNode | undefined> {
    const text = printPlanText(document);
    try {
      return await gate.run(() => planMaker.makePlan(text, activeLabels, percentage));
    } catch (error) {
      if (!(error instanceof NoPlan)) {
        throw error;
      }
      // The planner gives up on some valid operations (a computed field of an entity reached through another subgraph's
      // key). Nothing was executed, and trying again would not help.
      const message = "The gateway cannot plan this operation as a whole: ask for its parts separately.";
      throw new RequestRefused([new HubError("NOT_AVAILABLE", message)], { cause: error });
    }
  }

  return {
    supergraph,
    planKeys,
    knownOverrideLabels: labels.known,
    findOperation,
    async planOperation(operation, variables, drawnPercentage) {
      const entry = known.get(operation);
      invariant(entry !== undefined, "an operation is planned by the planner that found it");
      const conditions = readConditions(entry.conditionVariables, variables);
      const percentage = roundPercentage(drawnPercentage, entry.percentages);
      const key = `${printConditions(conditions)}\0${percentage}\0${entry.key}`;
      const cached = plans.get(key);
      if (cached !== undefined) {
        // What is made already needs no clock.
        return made.has(cached) ? cached : gate.awaitPlan(cached);
      }
      // The promise is kept, not the plan: identical requests that arrive meanwhile wait for the same plan.
      const planned = makePlan(operation, conditions, percentage);
      plans.set(key, planned, key.length);
      planned.then(
        ({ plan }) => {
          made.add(planned);
          plans.set(key, planned, key.length + weighPlan(plan));
        },
        (error: unknown) => {
          if (!isLasting(error)) {
            plans.delete(key);
          }
        },
      );
      return gate.awaitPlan(planned);
    },
    listPlanned: () => Promise.all(plans.values().filter((plan) => made.has(plan))),
    close: () => planMaker.close(),
  };
}

/** Whether the same operation would fail in the same way again: then that is kept in place of its plan. */
function isLasting(error: unknown): boolean {
  return error instanceof RequestRefused && error.cause instanceof NoPlan;
}

/** A plan can be far larger than its operation: it writes every fragment out where it is spread. */
function weighPlan(plan: PlanNode | undefined): number {
  return plan === undefined ? 0 : JSON.stringify(plan).length;
}

interface KnownOperation {
  readonly key: string;
  readonly conditionVariables: readonly string[];
  /** Of `OverrideLabels.findPercentages()`. */
  readonly percentages: readonly number[];
}

interface CachedDocument extends ValidDocument {
  /** Operations that were asked for. */
  readonly selected: Map<OperationDefinitionNode, ValidOperation>;
}
