import type { FieldError } from "./field-error";

/** Far more than are told: some of them may turn out to explain nothing in the response. */
const MAX_FIELD_ERRORS = 10_000;

/**
 * Errors of one run. A subgraph that answers a hundred errors for a list of a hundred thousand rows would make ten million of
 * them, one for each place and field: they are taken one by one, and no more than can be of use.
 */
export class FieldErrors {
  readonly #errors: FieldError[] = [];
  #isCut = false;

  /** @param errors not asked for more once there are enough */
  addAll(errors: Iterable<FieldError>): void {
    for (const error of errors) {
      if (this.#errors.length === MAX_FIELD_ERRORS) {
        this.#isCut = true;
        return;
      }
      this.#errors.push(error);
    }
  }

  list(): readonly FieldError[] {
    return this.#errors;
  }

  get isEmpty(): boolean {
    return this.#errors.length === 0;
  }

  /** Whether there were more than are listed. */
  get isCut(): boolean {
    return this.#isCut;
  }
}
