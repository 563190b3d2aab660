/** The code of a system error (`EEXIST`) or a PostgreSQL error (`42P04`). Not by instanceof: errors of Node may be of another realm. */
export function errorCodeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
