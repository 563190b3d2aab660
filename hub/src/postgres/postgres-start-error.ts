import { StartError } from "@alliance-hub/shared/server/start-error";

/** Why the embedded PostgreSQL cannot run here: one sentence for the operator, with what to do about it. */
export class PostgresStartError extends StartError {
  override readonly name = "PostgresStartError";
}
