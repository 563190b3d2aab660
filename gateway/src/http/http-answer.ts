import type { GatewayResponse } from "../request/graphql-request";
import type { HeaderList } from "./cross-origin";
import type { HttpRefusal } from "./http-refusal";
import { negotiateMediaType, type ResponseMediaType } from "./media-type";
import { serializeResponse, statusOfResponse } from "./operation-answer";

/** What is answered to a GraphQL request, but for the headers that every answer has. */
export interface HttpAnswer {
  readonly status: number;
  readonly mediaType: ResponseMediaType;
  readonly headers: HeaderList;
  readonly body: string;
}

const NO_HEADERS: HeaderList = [];

/** @param accept the request's header */
export function answerWithResponse(response: GatewayResponse, accept: string | undefined): HttpAnswer {
  const mediaType = chooseMediaType(accept);
  return {
    status: statusOfResponse(response, mediaType),
    mediaType,
    headers: NO_HEADERS,
    body: serializeResponse(response),
  };
}

/** A refusal in the shape of a response, so that a client needs one reader only. @param accept the request's header */
export function answerWithRefusal(refusal: HttpRefusal, accept: string | undefined): HttpAnswer {
  const mediaType = chooseMediaType(accept);
  return {
    status: refusal.statusFor(mediaType),
    mediaType,
    headers: Object.entries(refusal.headers).flat(),
    body: serializeRefusal(refusal),
  };
}

export function serializeRefusal({ error }: HttpRefusal): string {
  return JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] });
}

/** A client that accepts neither type is told so in JSON. */
function chooseMediaType(accept: string | undefined): ResponseMediaType {
  return negotiateMediaType(accept) ?? "application/json";
}
