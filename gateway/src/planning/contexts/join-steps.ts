import type { BatchFetchNode, FlattenStepNode, PlanNode } from "../plan-node";
import type { ContextModel } from "./context-model";
import type { OperationSteps } from "./split-by-context";

/**
 * One plan of the plans of an operation's steps. Fetches from key graphs are left out: the first step's fetches the keys that
 * they ask with, the later steps' find them in the data.
 */
export function joinSteps(
  plans: readonly (PlanNode | undefined)[],
  { places }: OperationSteps,
  model: ContextModel,
): PlanNode | undefined {
  const nodes = plans.flatMap((plan) => (plan === undefined ? [] : rewriteNode(plan, places, model)));
  return nodes.length > 1 ? { kind: "Sequence", nodes } : nodes[0];
}

/** No node, where nothing of it remains. */
function rewriteNode(node: PlanNode, places: OperationSteps["places"], model: ContextModel): PlanNode[] {
  switch (node.kind) {
    case "Sequence":
    case "Parallel": {
      const nodes = node.nodes.flatMap((child) => rewriteNode(child, places, model));
      return nodes.length === 0 ? [] : [{ ...node, nodes }];
    }
    case "Flatten":
      return rewriteNode(node.node, places, model).map((child) => ({
        ...node,
        path: rewritePath(node.path, places),
        node: child,
      }));
    case "Fetch":
      return model.isKeyGraph(node.serviceName) ? [] : [node];
    case "BatchFetch":
      return model.isKeyGraph(node.serviceName) ? [] : [rewriteBatch(node, places)];
    default:
      return [node];
  }
}

function rewriteBatch(node: BatchFetchNode, places: OperationSteps["places"]): BatchFetchNode {
  const aliases = node.entityBatch.aliases.map((batch) => ({
    ...batch,
    paths: batch.paths.map((path) => rewritePath(path, places)),
  }));
  return { ...node, entityBatch: { ...node.entityBatch, aliases } };
}

function rewritePath(path: FlattenStepNode[], places: OperationSteps["places"]): FlattenStepNode[] {
  const [first, ...rest] = path;
  const place = first !== undefined && first !== "@" && "Field" in first ? places.get(first.Field) : undefined;
  return place === undefined ? path : [...place, ...rest];
}
