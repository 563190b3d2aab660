import { ERROR_CODES } from "@alliance-hub/shared/error-codes";
import type { GatewayResponse } from "../request/graphql-request";
import { PrintedResponse } from "../request/printed-response";
import { HttpRefusal } from "./http-refusal";
import type { ResponseMediaType } from "./media-type";

/**
 * The status of an engine's response.
 *
 * `application/graphql-response+json`: an operation that was executed is 200, `data: null` included (the specification
 * asks for 2xx whenever there is a `data` entry: a proxy that repeats what failed must not repeat a mutation that ran);
 * without `data` the catalogue decides by the first error.
 *
 * `application/json`: 200 for every well-formed request, whatever became of it; old clients read only 200.
 *
 * An engine that broke down answers for no field, so its error has no path: 5xx in either type.
 */
export function statusOfResponse(response: GatewayResponse, mediaType: ResponseMediaType): number {
  const [firstError] = response.errors ?? [];
  if (firstError === undefined || isPresent(response.data)) {
    return 200;
  }
  const { httpStatus } = ERROR_CODES[firstError.extensions.code];
  if (httpStatus >= 500 && firstError.path === undefined) {
    return httpStatus;
  }
  return response.kind === "executed" || mediaType === "application/json" ? 200 : httpStatus;
}

function isPresent(data: GatewayResponse["data"]): boolean {
  return data !== undefined && data !== null;
}

/** @throws HttpRefusal 405 for a mutation that came by GET: HTTP itself forbids it (RFC 9110 section 9.2.1) */
export function refuseMutationByGet(method: string, response: GatewayResponse): void {
  if (method !== "POST" && response.kind === "request-error" && response.operationKind === "mutation") {
    throw new HttpRefusal(
      405,
      "BAD_USER_INPUT",
      "A mutation must be sent by POST: a link must never change anything.",
      {},
      { allow: "POST" },
    );
  }
}

/** The response as the specification orders it: errors first, so that they are seen before a long `data` (7.1). */
export function serializeResponse(response: GatewayResponse): string {
  const { extensions } = response;
  if (!(response instanceof PrintedResponse)) {
    return JSON.stringify({ errors: response.errors, data: response.data, extensions });
  }
  const after = extensions === undefined ? "" : `,"extensions":${JSON.stringify(extensions)}`;
  return `{"data":${response.dataText}${after}}`;
}
