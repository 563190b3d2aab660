import { invariant } from "@alliance-hub/shared/invariant";
import { findConditionVariables } from "../planning/condition-variables";
import { LruCache } from "../planning/lru-cache";
import type { PlanKeys } from "../planning/plan-keys";
import type { PlannedOperation } from "../planning/planner";
import type { Supergraph } from "../planning/supergraph";
import { compilePlan } from "./compile-plan";
import type { ExecutableNode } from "./executable-plan";
import { ResponseSelection } from "./response-shape";

/** Shapes kept of one operation. Four conditions have sixteen; more are made anew each time. */
const MAX_SHAPES = 16;

/** A planned operation with everything compiled that does not change from request to request. */
export class ExecutableOperation {
  readonly plan: ExecutableNode | undefined;
  readonly #conditionVariables: readonly string[];
  readonly #shapes = new LruCache<ResponseSelection>(MAX_SHAPES);

  constructor(
    readonly planned: PlannedOperation,
    readonly supergraph: Supergraph,
    readonly planKeys: PlanKeys,
  ) {
    this.plan = planned.plan && compilePlan(planned.plan);
    this.#conditionVariables = findConditionVariables(planned.operation, planned.fragments);
  }

  /** The shape of the response for these variables. */
  shapeFor(variables: Readonly<Record<string, unknown>>): ResponseSelection {
    const conditions: Record<string, unknown> = Object.create(null);
    let key = "";
    for (const name of this.#conditionVariables) {
      conditions[name] = variables[name] === true;
      key += variables[name] === true ? "1" : "0";
    }
    const known = this.#shapes.get(key);
    if (known !== undefined) {
      return known;
    }
    const shape = this.#createShape(conditions);
    this.#shapes.set(key, shape);
    return shape;
  }

  #createShape(conditions: Readonly<Record<string, unknown>>): ResponseSelection {
    const { operation, fragments } = this.planned;
    const { publicSchema: schema, interfaceObjects } = this.supergraph;
    const rootType = schema.getRootType(operation.operation);
    invariant(rootType, "a valid operation has a root type");
    const source = { schema, fragments, planKeys: this.planKeys, interfaceObjects, conditions };
    return new ResponseSelection(rootType, [operation.selectionSet], source);
  }
}
