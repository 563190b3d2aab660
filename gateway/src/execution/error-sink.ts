import { ERROR_CODES } from "@alliance-hub/shared/error-codes";
import { type FieldNode, getLocation } from "graphql";
import type { FormattedError } from "../request/graphql-request";
import type { FieldError } from "./field-error";
import type { ObjectData } from "./object-data";

/** Errors of one response; the rest is counted, not told. A list of 100 broken rows needs no more to be understood. */
const MAX_ERRORS = 200;

/** Where an error stands, in the client's terms. */
export interface ResponseLocation {
  /** Empty for the whole response. */
  readonly path: readonly (string | number)[];
  readonly nodes: readonly FieldNode[];
}

interface PathTree {
  isError: boolean;
  readonly children: Map<string | number, PathTree>;
}

/** Gathers the errors of one response, and knows which nulls they explain. */
export class ErrorSink {
  readonly #errors: FormattedError[] = [];
  readonly #seen = new Set<string>();
  readonly #uncertain: { readonly error: Omit<FieldError, "path">; readonly location: ResponseLocation }[] = [];
  /** Paths of the errors that are told. */
  readonly #told = new Set<string>();
  readonly #paths: PathTree = { isError: false, children: new Map() };
  #leftOut = 0;

  /** @param isCut whether some errors of the run are not known any more: then the client is told that there were more */
  constructor(readonly isCut = false) {}

  add(error: Omit<FieldError, "path">, location: ResponseLocation | undefined): void {
    const identity = JSON.stringify([location?.path, error.code, error.message]);
    if (this.#seen.has(identity)) {
      return;
    }
    if (location !== undefined) {
      this.#remember(location.path);
    }
    if (this.#errors.length === MAX_ERRORS) {
      this.#leftOut += 1;
      return;
    }
    this.#seen.add(identity);
    this.#told.add(JSON.stringify(location?.path));
    this.#errors.push(formatFieldError(error, location));
  }

  /**
   * An error of a field that is not in the response, at what is left of its path. Whether the client has to know is seen
   * when the response is complete: a key that could not be fetched leaves nulls behind; a field that `@skip` leaves out does not.
   */
  addUncertain(error: Omit<FieldError, "path">, location: ResponseLocation): void {
    this.#remember(location.path);
    this.#uncertain.push({ error, location });
  }

  /** Tells the uncertain errors that left something null in the complete response, of which no error tells yet. */
  settle(data: unknown): void {
    for (const { error, location } of this.#uncertain.splice(0)) {
      if (this.#hasUntoldNull(valueAt(data, location.path), location.path)) {
        this.add(error, location.path.length === 0 ? undefined : location);
      }
    }
  }

  /** Whether an error at this path, above it or below it has been told already. */
  explains(path: readonly (string | number)[]): boolean {
    let tree: PathTree | undefined = this.#paths;
    for (const key of path) {
      tree = tree.children.get(key);
      if (tree === undefined) {
        return false;
      }
      if (tree.isError) {
        return true;
      }
    }
    return true;
  }

  /** Undefined when there is none. */
  list(): readonly FormattedError[] | undefined {
    if (this.#leftOut > 0 || this.isCut) {
      const message = this.isCut ? "Many more errors are left out." : `${this.#leftOut} more errors are left out.`;
      return [...this.#errors, { message, extensions: { code: "INTERNAL", retryable: true } }];
    }
    return this.#errors.length === 0 ? undefined : this.#errors;
  }

  /** Whether a value, or one of its own fields or items, is null; those with an error of their own do not count. */
  #hasUntoldNull(value: unknown, path: readonly (string | number)[]): boolean {
    if (value === null || value === undefined) {
      return path.length === 0 || !this.#isToldBelow(path);
    }
    return (
      typeof value === "object" &&
      Object.entries(value).some(
        ([key, child]) =>
          child === null && !this.#told.has(JSON.stringify([...path, Array.isArray(value) ? Number(key) : key])),
      )
    );
  }

  /** Of a value that a null below it made null. */
  #isToldBelow(path: readonly (string | number)[]): boolean {
    const start = `${JSON.stringify(path).slice(0, -1)},`;
    return [...this.#told].some((told) => told.startsWith(start));
  }

  #remember(path: readonly (string | number)[]): void {
    let tree = this.#paths;
    for (const key of path) {
      const child = tree.children.get(key) ?? { isError: false, children: new Map() };
      tree.children.set(key, child);
      tree = child;
    }
    tree.isError = true;
  }
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as ObjectData | null | undefined)?.[key], data);
}

function formatFieldError(error: Omit<FieldError, "path">, location: ResponseLocation | undefined): FormattedError {
  const locations = location?.nodes.flatMap(({ loc }) => (loc === undefined ? [] : getLocation(loc.source, loc.start)));
  return {
    message: error.message,
    ...(locations !== undefined && locations.length > 0 && { locations }),
    ...(location !== undefined && { path: location.path }),
    extensions: { ...error.details, code: error.code, retryable: ERROR_CODES[error.code].retryable },
  };
}
