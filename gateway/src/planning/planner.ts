import { HubError } from "@alliance-hub/shared/hub-error";
import { type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, print } from "graphql";
import { LruCache } from "./lru-cache";
import { createNativePlanner } from "./native-planner";
import { readDocument, selectOperation, type ValidDocument } from "./operation-document";
import type { OperationLimits } from "./operation-limits";
import { splitOperation } from "./plan-document";
import { PlanKeys } from "./plan-keys";
import type { PlanNode } from "./plan-node";
import { RequestRefused } from "./request-refused";
import { readSupergraph, type Supergraph } from "./supergraph";

export interface PlannerOptions {
  readonly limits: OperationLimits;
  /** Operations whose plan is kept, and as many documents. */
  readonly maxCachedPlans: number;
}

/** One operation of one document, ready to be executed any number of times with any variables. */
export interface PlannedOperation {
  readonly operation: OperationDefinitionNode;
  readonly operationKind: "query" | "mutation";
  readonly operationName: string | undefined;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Undefined when no subgraph is needed. */
  readonly plan: PlanNode | undefined;
  /** What the public schema itself answers; undefined when the operation has no introspection. */
  readonly introspectionDocument: DocumentNode | undefined;
}

export interface Planner {
  readonly supergraph: Supergraph;
  readonly planKeys: PlanKeys;
  /**
   * Parses, validates and plans; each once for the same text.
   * @throws RequestRefused
   */
  planOperation(query: string, operationName: string | undefined): Promise<PlannedOperation>;
}

/**
 * A planner for one supergraph. Another supergraph means another planner: nothing is shared between the two.
 * @throws PlannerUnavailable when there is no binary for this machine
 * @throws SupergraphInvalid GraphQLError
 */
export function createPlanner(supergraphSdl: string, options: PlannerOptions): Planner {
  const nativePlanner = createNativePlanner(supergraphSdl);
  const supergraph = readSupergraph(supergraphSdl);
  const planKeys = new PlanKeys(supergraph.publicSchema);
  const documents = new LruCache<ValidDocument>(options.maxCachedPlans);
  const plans = new LruCache<Promise<PlannedOperation>>(options.maxCachedPlans);

  function findDocument(query: string): ValidDocument {
    const known = documents.get(query);
    if (known !== undefined) {
      return known;
    }
    const document = readDocument(query, supergraph.publicSchema, options.limits);
    documents.set(query, document);
    return document;
  }

  async function makePlan(document: ValidDocument, operation: OperationDefinitionNode): Promise<PlannedOperation> {
    const { fragments } = document;
    const { planDocument, introspectionDocument } = splitOperation(operation, fragments, supergraph, planKeys);
    return {
      operation,
      operationKind: operation.operation === "mutation" ? "mutation" : "query",
      operationName: operation.name?.value,
      fragments,
      plan: planDocument && (await runNativePlanner(planDocument)),
      introspectionDocument,
    };
  }

  async function runNativePlanner(document: DocumentNode): Promise<PlanNode | undefined> {
    try {
      // Progressive @override labels: none is active until a roll-out says so.
      const { node } = await nativePlanner.planAsync(print(document), undefined, new Set(), 100);
      return node ?? undefined;
    } catch (error) {
      // The planner gives up on some valid operations (a computed field of an entity reached through another entity and
      // back). Nothing was executed, and trying again would not help.
      const message = "The gateway cannot plan this operation as a whole: ask for its parts separately.";
      throw new RequestRefused([new HubError("NOT_AVAILABLE", message)], { cause: error });
    }
  }

  return {
    supergraph,
    planKeys,
    planOperation(query, operationName) {
      const key = `${supergraph.schemaId}\0${operationName === undefined ? "" : `=${operationName}`}\0${query}`;
      const known = plans.get(key);
      if (known !== undefined) {
        return known;
      }
      // The promise is kept, not the plan: identical requests that arrive meanwhile wait for the same plan.
      const planned = (async () => {
        const document = findDocument(query);
        return makePlan(document, selectOperation(document, operationName));
      })();
      plans.set(key, planned);
      planned.catch(() => plans.delete(key));
      return planned;
    },
  };
}
