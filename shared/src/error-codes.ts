/** One line of the catalogue: what a code means and how a client may react. */
export interface ErrorCodeEntry {
  /** What went wrong, in one phrase. */
  readonly meaning: string;
  /** Names of the facts in `extensions` beside `code` and `retryable`. Values of the input are never among them. */
  readonly details: readonly string[];
  /** HTTP status of a response that has no data at all; a partial answer is 200. */
  readonly httpStatus: number;
  /** Whether the same request with the same idempotency key may be sent again unchanged. */
  readonly retryable: boolean;
}

function entry(
  meaning: string,
  httpStatus: number,
  retryable: boolean,
  details: readonly string[] = [],
): ErrorCodeEntry {
  return { meaning, details, httpStatus, retryable };
}

/** Every code that can leave the hub. A refusal carries `extensions { code, retryable, ...details }`. */
export const ERROR_CODES = {
  UNAUTHENTICATED: entry("no valid credential or passport", 401, false),
  FORBIDDEN: entry("role or scope missing", 403, false),
  PURPOSE_REQUIRED: entry("personal data asked for without the hub-purpose header", 400, false),
  CONSENT_REQUIRED: entry("no valid consent or legal basis", 403, false, ["scope"]),
  FILTER_NOT_ALLOWED: entry("filter or sort on a field the caller may not read", 403, false, ["field"]),
  NOT_FOUND: entry("no such row for this caller", 404, false),
  BAD_USER_INPUT: entry("shape or range wrong; values are not echoed", 400, false, ["fields"]),
  IDENTIFIER_INVALID: entry("check character, code or validity date wrong", 400, false, ["kind"]),
  LIMIT_EXCEEDED: entry("page, depth, cost or size over the limit", 400, false, ["limit"]),
  ALREADY_EXISTS: entry("unique business identifier taken", 409, false, ["kind"]),
  VERSION_CONFLICT: entry("expectedVersion is not current", 409, false, ["currentVersion"]),
  IDEMPOTENCY_KEY_REUSED: entry("same idempotency key, other input", 422, false),
  IDEMPOTENCY_IN_PROGRESS: entry("first request with this idempotency key still runs", 409, true),
  ILLEGAL_TRANSITION: entry("the state table has no such step", 409, false, ["state", "mutation"]),
  GUARD_FAILED: entry("a guard of the state table is false", 409, false, ["guard"]),
  DEADLINE_PASSED: entry("submission, reveal, appeal or hold time is over", 409, false, ["deadline"]),
  QUANTITY_EXCEEDED: entry("more than remains of a need item, offer or target", 409, false, ["remaining"]),
  INSUFFICIENT_FUNDS: entry("available money too small or floor touched", 409, false, ["available"]),
  FUND_RESTRICTION: entry("target outside the fund's category, area or period", 409, false),
  FUND_FROZEN: entry("fund is not ACTIVE", 409, false),
  PERIOD_CLOSED: entry("effectiveAt lies in a closed period", 409, false),
  QUALIFICATION_INVALID: entry("fund manager without qualification on that date", 409, false),
  SEPARATION_OF_DUTIES: entry("maker is checker, or a person or organization counts twice", 403, false),
  CONFLICT_OF_INTEREST: entry("affiliation or declared interest with the subject", 403, false),
  SEALED: entry("bid not yet revealed", 409, false),
  WRONG_OWNER: entry("instance does not serve this partition, or its epoch is old", 421, true),
  PARTITION_MOVING: entry("writes paused while the partition moves", 503, true, ["retryAfter"]),
  OWNER_UNAVAILABLE: entry("owner's instance does not answer", 503, true, ["member"]),
  SUBSCRIPTION_INTERRUPTED: entry("the hub ended a subscription: subscribe again, events may be missing", 503, true, [
    "reason",
    "resume",
  ]),
  RATE_LIMITED: entry("quota used up", 429, true, ["retryAfter"]),
  NOT_AVAILABLE: entry("not served: a feature to come, or an operation that cannot be planned", 501, false),
  INTERNAL: entry("anything else; fixed text, no inner detail", 500, true),
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a value that came from elsewhere (another server's error) is a code of the catalogue. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}
