import type { ErrorCode } from "@alliance-hub/shared/error-codes";
import { type ErrorDetails, HubError } from "@alliance-hub/shared/hub-error";
import type { ResponseMediaType } from "./media-type";

/**
 * A request that HTTP itself refuses (RFC 9110 section 15.5), before there is an operation: its status holds whatever
 * media type the client accepts. The body is a GraphQL error all the same, so that a client needs one reader only.
 */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly error: HubError;

  constructor(
    readonly status: number,
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    /** Lower-case names; what the status demands, such as `allow`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.error = new HubError(code, message, details);
  }

  statusFor(_mediaType: ResponseMediaType): number {
    return this.status;
  }
}
