import type { FieldError } from "./field-error";
import type { PathSegments } from "./response-path";

/** Finds errors at a path or below it, without going through all of them each time. */
export class ErrorIndex {
  readonly #errors: readonly FieldError[];
  #byPath: Map<string, FieldError> | undefined;

  constructor(errors: readonly FieldError[]) {
    this.#errors = errors;
  }

  /** The first of them. */
  find(path: PathSegments): FieldError | undefined {
    if (this.#errors.length === 0) {
      return undefined;
    }
    this.#byPath ??= indexByPath(this.#errors);
    return this.#byPath.get(JSON.stringify(path));
  }
}

function indexByPath(errors: readonly FieldError[]): Map<string, FieldError> {
  const byPath = new Map<string, FieldError>();
  for (const error of errors) {
    const path = error.path ?? [];
    for (let length = 1; length <= path.length; length += 1) {
      const key = JSON.stringify(path.slice(0, length));
      if (!byPath.has(key)) {
        byPath.set(key, error);
      }
    }
  }
  return byPath;
}
