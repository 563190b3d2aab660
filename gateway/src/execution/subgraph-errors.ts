import { ERROR_CODES, type ErrorCode, isErrorCode } from "@alliance-hub/shared/error-codes";
import type { ErrorDetails } from "@alliance-hub/shared/hub-error";
import type { FieldError } from "./field-error";
import { isJsonObject } from "./object-data";
import type { PathSegments } from "./response-path";

/** Errors of one answer that are read at all. */
const MAX_ERRORS_READ = 100;
const MAX_MESSAGE_LENGTH = 500;
const MAX_PATH_LENGTH = 64;
const MAX_DETAIL_LENGTH = 200;
const MAX_DETAIL_ITEMS = 20;
const MAX_MESSAGES_LOGGED = 3;

/** What only the hub says of itself: clients act upon it, and a subgraph could make them subscribe again and again. */
const OUR_CODES: ReadonlySet<ErrorCode> = new Set(["INTERNAL", "SUBSCRIPTION_INTERRUPTED"]);

/** What a client reads in place of a text that was not meant for it. */
export const MASKED_MESSAGE = "Something went wrong.";

/** An error as a subgraph told it, reduced to what may be passed on. */
export interface SubgraphError extends Omit<FieldError, "path"> {
  /** In the subgraph's own answer: `["_entities", 3, "name"]`. */
  readonly path: PathSegments | undefined;
}

/**
 * Reads the errors of an answer. Nothing of them is trusted: only a code of the catalogue lets the message and that
 * code's own facts through; every other error is INTERNAL with a fixed text. Stack traces, SQL, addresses stay behind.
 */
export function readSubgraphErrors(errors: unknown): ReadErrors {
  const told: readonly unknown[] = Array.isArray(errors) ? errors.slice(0, MAX_ERRORS_READ) : [];
  const read = told.map(readSubgraphError);
  const masked = told.filter((_error, index) => read[index]?.code === "INTERNAL").slice(0, MAX_MESSAGES_LOGGED);
  return { errors: read, masked: masked.map(messageOf) };
}

export interface ReadErrors {
  readonly errors: readonly SubgraphError[];
  /** Texts that were withheld, for the log. */
  readonly masked: readonly string[];
}

function messageOf(error: unknown): string {
  return isJsonObject(error) && typeof error["message"] === "string"
    ? error["message"].slice(0, MAX_MESSAGE_LENGTH)
    : "(no message)";
}

function readSubgraphError(error: unknown): SubgraphError {
  const { message, path, extensions } = isJsonObject(error) ? error : ({} as Record<string, unknown>);
  const facts = isJsonObject(extensions) ? extensions : {};
  const code = Object.hasOwn(facts, "code") ? facts["code"] : undefined;
  if (!isErrorCode(code) || OUR_CODES.has(code) || typeof message !== "string") {
    return { code: "INTERNAL", message: MASKED_MESSAGE, path: readPath(path) };
  }
  const details: Record<string, ErrorDetails[string]> = {};
  for (const name of code === "OWNER_UNAVAILABLE"
    ? [...ERROR_CODES[code].details, "subgraph"]
    : ERROR_CODES[code].details) {
    const value = Object.hasOwn(facts, name) ? readDetail(facts[name]) : undefined;
    if (value !== undefined) {
      details[name] = value;
    }
  }
  return { code, message: message.slice(0, MAX_MESSAGE_LENGTH), details, path: readPath(path) };
}

function readDetail(value: unknown): ErrorDetails[string] | undefined {
  if (typeof value === "string") {
    return value.slice(0, MAX_DETAIL_LENGTH);
  }
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) {
    return value;
  }
  return Array.isArray(value) && value.every((item) => typeof item === "string")
    ? value.slice(0, MAX_DETAIL_ITEMS).map((item: string) => item.slice(0, MAX_DETAIL_LENGTH))
    : undefined;
}

/** A path that could be one, or undefined. Whether it leads anywhere is found out when it is followed. */
function readPath(path: unknown): PathSegments | undefined {
  const isPath =
    Array.isArray(path) &&
    path.length > 0 &&
    path.length <= MAX_PATH_LENGTH &&
    path.every((key) => typeof key === "string" || (Number.isInteger(key) && key >= 0));
  return isPath ? path : undefined;
}
