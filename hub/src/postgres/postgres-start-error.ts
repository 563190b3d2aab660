/** Why the embedded PostgreSQL cannot run here: one sentence for the operator, with what to do about it. */
export class PostgresStartError extends Error {
  override readonly name = "PostgresStartError";
}
