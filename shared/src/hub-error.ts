import { GraphQLError } from "graphql";
import { ERROR_CODES, type ErrorCode } from "./error-codes";

/** Facts a caller can act on. Never values of the input: they may be personal. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * The caller's mistake or an expected refusal, with a code of the catalogue.
 * Anything thrown that is not a HubError (or an error of the GraphQL specification itself) leaves as INTERNAL without its text.
 */
export class HubError extends GraphQLError {
  override readonly name = "HubError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { extensions: { ...details, code, retryable: ERROR_CODES[code].retryable } });
    this.code = code;
  }
}
