import type { ExecutableOperation } from "./execution/executable-operation";
import type { Conditions } from "./planning/conditions";
import type { PlannedOperation } from "./planning/planner";

/** An operation that was asked for, in words that another gateway understands. */
export interface UsedOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly conditions: Conditions;
  readonly uses: number;
}

interface Entry {
  readonly executable: ExecutableOperation;
  uses: number;
}

/** Compiles each planned operation once, and counts how often it is asked for. */
export class OperationUse {
  readonly #entries = new WeakMap<PlannedOperation, Entry>();

  constructor(readonly compile: (planned: PlannedOperation) => ExecutableOperation) {}

  /** @param uses what this counts for */
  open(planned: PlannedOperation, uses = 1): ExecutableOperation {
    let entry = this.#entries.get(planned);
    if (entry === undefined) {
      entry = { executable: this.compile(planned), uses: 0 };
      this.#entries.set(planned, entry);
    }
    entry.uses += uses;
    return entry.executable;
  }

  /** Those used most, first; of those used alike, in the given order. */
  list(planned: readonly PlannedOperation[], max: number): readonly UsedOperation[] {
    return planned
      .map((operation) => ({ operation, uses: this.#entries.get(operation)?.uses ?? 0 }))
      .filter(({ uses }) => uses > 0)
      .toSorted((one, other) => other.uses - one.uses)
      .slice(0, max)
      .map(({ operation: { query, operationName, conditions }, uses }) => ({ query, operationName, conditions, uses }));
  }
}
