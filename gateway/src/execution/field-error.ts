import type { ErrorCode } from "@alliance-hub/shared/error-codes";
import type { ErrorDetails } from "@alliance-hub/shared/hub-error";
import type { PathSegments } from "./response-path";

/** What went wrong at one place of the data, before it is written in the client's terms. */
export interface FieldError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
  /** By plan keys; undefined when the error belongs to no field. */
  readonly path: PathSegments | undefined;
}
