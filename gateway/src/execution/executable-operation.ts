import { invariant } from "@alliance-hub/shared/invariant";
import type { PlanKeys } from "../planning/plan-keys";
import type { PlannedOperation } from "../planning/planner";
import type { Supergraph } from "../planning/supergraph";
import { hasSharedFields, listAskedFields } from "./asked-fields";
import { compilePlan } from "./compile-plan";
import type { ExecutableNode } from "./executable-plan";
import { compileResponsePrinter, type ResponsePrinter } from "./print-response";
import { ResponseSelection } from "./response-shape";

/** A planned operation with everything compiled that does not change from request to request. */
export interface ExecutableOperation {
  readonly planned: PlannedOperation;
  readonly supergraph: Supergraph;
  /** Undefined when no subgraph is needed. */
  readonly plan: ExecutableNode | undefined;
  readonly shape: ResponseSelection;
  /** Of listAskedFields(); undefined where no field can have been said nothing of. */
  readonly askedFields: ReadonlySet<string> | undefined;
  /** Prints an answer in which all is well; undefined for an operation with introspection. */
  readonly printResponse: ResponsePrinter | undefined;
}

export function compileOperation(
  planned: PlannedOperation,
  supergraph: Supergraph,
  planKeys: PlanKeys,
): ExecutableOperation {
  const { operation, fragments, conditions } = planned;
  const { publicSchema: schema, interfaceObjects, contexts } = supergraph;
  const rootType = schema.getRootType(operation.operation);
  invariant(rootType, "a valid operation has a root type");
  const source = { schema, fragments, planKeys, interfaceObjects, conditions };
  const shape = new ResponseSelection(rootType, [operation.selectionSet], source);
  return {
    planned,
    supergraph,
    plan:
      planned.plan &&
      compilePlan(planned.plan, {
        schema,
        contexts: contexts && { model: contexts, rootTypeName: rootType.name },
      }),
    shape,
    askedFields: hasSharedFields(operation, fragments, supergraph.sharedFields)
      ? listAskedFields(planned.plan)
      : undefined,
    printResponse: compileResponsePrinter(shape),
  };
}
