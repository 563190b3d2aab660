import type { Logger } from "pino";
import type { SubgraphCaller } from "../partitions/subgraph-caller";
import type { TypeConditions } from "../planning/type-conditions";
import type { EndSignal } from "../request/end-signal";
import type { CompletenessTracker } from "./completeness-tracker";
import type { FieldErrors } from "./field-errors";
import type { ObjectData } from "./object-data";

/** Everything one run of one operation knows. */
export interface ExecutionContext {
  readonly data: ObjectData;
  readonly errors: FieldErrors;
  readonly completeness: CompletenessTracker;
  /** Coerced by the schema. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly typeConditions: TypeConditions;
  readonly callSubgraph: SubgraphCaller;
  readonly authorizationClass?: string;
  readonly requestId: string;
  readonly deadlineAtMs: number;
  readonly signal: EndSignal;
  readonly log: Logger;
}
