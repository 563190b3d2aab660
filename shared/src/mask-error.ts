import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { ArgumentValidationError } from "type-graphql";
import { ERROR_CODES, type ErrorCode } from "./error-codes";
import { HubError } from "./hub-error";

/**
 * What of an error may leave the service: a HubError as it is; an error of the GraphQL specification (syntax, validation,
 * variables) as BAD_USER_INPUT; everything else as INTERNAL with a fixed text, its cause in the log.
 */
export function maskError(error: unknown, log: Logger): GraphQLFormattedError {
  const located = error instanceof GraphQLError ? error : undefined;
  const cause = causeOf(error);
  if (cause instanceof HubError) {
    return format(located, cause.code, cause.message, cause.extensions);
  }
  if (cause instanceof ArgumentValidationError) {
    // class-validator's own text repeats the values: name the fields only.
    const fields = cause.extensions.validationErrors.map((failure) => failure.property);
    return format(located, "BAD_USER_INPUT", `Not accepted: ${fields.join(", ")}.`, { fields });
  }
  // Apollo Server wraps such an error in one of its own, so the cause is asked; only a resolver's error has a path.
  if (located?.path === undefined && cause instanceof GraphQLError && isSpecificationError(cause)) {
    return format(cause, "BAD_USER_INPUT", cause.message, {});
  }
  log.error({ err: cause, path: located?.path }, "unexpected error");
  return format(
    located,
    "INTERNAL",
    "Something went wrong on our side. Try again; the details are in the service's log.",
    {},
  );
}

function causeOf(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && !(current instanceof HubError) && current.originalError != null) {
    current = current.originalError;
  }
  return current;
}

/** Syntax, validation and variable errors carry nodes or a source and no cause; a resolver's never-ending surprise has one. */
function isSpecificationError(error: GraphQLError): boolean {
  return (
    error.path === undefined &&
    (error.source !== undefined || error.nodes !== undefined || error.extensions["code"] !== undefined)
  );
}

function format(
  located: GraphQLError | undefined,
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
): GraphQLFormattedError {
  return {
    message,
    ...(located?.locations === undefined ? {} : { locations: located.locations }),
    ...(located?.path === undefined ? {} : { path: located.path }),
    extensions: { ...details, code, retryable: ERROR_CODES[code].retryable },
  };
}
