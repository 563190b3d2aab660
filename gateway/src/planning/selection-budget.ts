import { RequestRefused } from "./request-refused";

/**
 * Selections of the document that the planner reads. One selection can be written several times there, once for each
 * object type that an abstract one can mean, and again for each inside those: without a bound, 20 levels of an interface
 * with two types are a million.
 */
const MAX_PLAN_SELECTIONS = 5_000;

/** Counts the selections of one document. */
export class SelectionBudget {
  #spent = 0;

  /** @throws RequestRefused LIMIT_EXCEEDED */
  spend(selections: number): void {
    this.#spent += selections;
    if (this.#spent > MAX_PLAN_SELECTIONS) {
      throw RequestRefused.because(
        "LIMIT_EXCEEDED",
        `The operation has more than ${MAX_PLAN_SELECTIONS} selections once its fragments are written out for each type: ask in parts.`,
        { limit: "planSelections" },
      );
    }
  }
}
