import { ERROR_CODES } from "@alliance-hub/shared/error-codes";
import { HubError } from "@alliance-hub/shared/hub-error";
import type { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { OperationResult, PrintedResult } from "./execution/execute-operation";
import type { ValidOperation } from "./planning/planner";
import { RequestRefused } from "./planning/request-refused";
import type { FormattedError, GatewayResponse } from "./request/graphql-request";
import { PrintedResponse } from "./request/printed-response";

type AboutOperation = Pick<ValidOperation, "operationKind" | "operationName">;

/** What execute() does not run, whatever it asks for. */
export function findRefusal(kind: ValidOperation["operationKind"], allowMutation: boolean): HubError | undefined {
  if (kind === "mutation" && !allowMutation) {
    return new HubError("BAD_USER_INPUT", "A mutation is only accepted by POST.");
  }
  return kind === "subscription"
    ? new HubError(
        "BAD_USER_INPUT",
        'A subscription is answered by a stream: send "accept: text/event-stream", or use graphql-ws.',
      )
    : undefined;
}

/** @param cost told in the answer; undefined for an answer that does not tell it */
export function formatResult(
  result: OperationResult | PrintedResult,
  cost: number | undefined,
  { operationKind, operationName }: AboutOperation,
): GatewayResponse {
  const about = { ...formatExtensions(result.completeness, cost), operationKind, operationName };
  return result.dataText === undefined
    ? {
        kind: "executed",
        ...about,
        data: result.data,
        ...(result.errors !== undefined && { errors: result.errors }),
      }
    : new PrintedResponse(about, result.dataText);
}

/** No entry at all where there is nothing to tell. */
function formatExtensions(
  completeness: OperationResult["completeness"],
  cost: number | undefined,
): Pick<GatewayResponse, "extensions"> {
  return completeness === undefined && cost === undefined
    ? {}
    : { extensions: { ...(completeness !== undefined && { completeness }), ...(cost !== undefined && { cost }) } };
}

/** The answer to what was not executed. */
export function refuseRequest(errors: readonly GraphQLError[], about?: AboutOperation): GatewayResponse {
  return {
    kind: "request-error",
    errors: errors.map(formatRequestError),
    ...(about !== undefined && { operationKind: about.operationKind, operationName: about.operationName }),
  };
}

/** The answer to what ended with an exception: a refusal in its own words, anything else masked and logged. */
export function answerFailure(error: unknown, requestId: string, log: Logger): GatewayResponse {
  if (error instanceof RequestRefused) {
    if (error.cause !== undefined) {
      log.error({ requestId, err: error }, "a valid operation was refused");
    }
    return refuseRequest(error.errors);
  }
  log.error({ requestId, err: error }, "an operation failed");
  const masked = new HubError("INTERNAL", "Something went wrong.");
  return { kind: "executed", data: null, errors: [formatRequestError(masked)] };
}

/** Errors of the GraphQL specification itself (syntax, validation) have no code of the catalogue: they are the caller's mistake. */
function formatRequestError(error: GraphQLError): FormattedError {
  const { message, locations } = error;
  const code = error instanceof HubError ? error.code : "BAD_USER_INPUT";
  return {
    message,
    ...(locations !== undefined && locations.length > 0 && { locations }),
    extensions: { ...error.extensions, code, retryable: ERROR_CODES[code].retryable },
  };
}
