import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { HttpRefusal } from "./http-refusal";
import { findContentTypeFault, negotiateMediaType } from "./media-type";
import { readStreamPreference } from "./subscriptions/stream-preference";

/** A browser sends none of these to another origin without asking that origin first. */
export const PREFLIGHT_HEADERS = ["x-hub-request", "apollo-require-preflight", "graphql-require-preflight"] as const;

/**
 * Refuses what its headers already rule out, before a byte of the body is read.
 * @throws HttpRefusal 400, 406 or 415
 */
export function checkRequestHeaders({ method, headers }: Pick<IncomingMessage, "method" | "headers">): void {
  if (negotiateMediaType(headers.accept) === undefined && readStreamPreference(headers.accept) === "never") {
    throw new HttpRefusal(
      406,
      "BAD_USER_INPUT",
      'The header "accept" allows neither application/graphql-response+json nor application/json, each in UTF-8, nor text/event-stream.',
    );
  }
  const fault = findContentTypeFault(headers["content-type"]);
  if (method === "POST") {
    checkBodyHeaders(fault, headers);
  } else if (fault !== undefined) {
    checkPreflight(headers);
  }
}

/** JSON alone is accepted as a body: a browser sends no other content type but JSON's with a preflight. */
function checkBodyHeaders(fault: ReturnType<typeof findContentTypeFault>, headers: IncomingHttpHeaders): void {
  if (fault === "charset") {
    throw new HttpRefusal(415, "BAD_USER_INPUT", 'The header "content-type" must not name another charset than utf-8.');
  }
  if (fault !== undefined) {
    throw new HttpRefusal(
      415,
      "BAD_USER_INPUT",
      `The header "content-type" ${fault === "missing" ? "is missing" : "has another value"}: send application/json.`,
      {},
      { "accept-post": "application/json" },
    );
  }
  // A few kilobytes of gzip unpack to gigabytes; operations are small, so none is unpacked at all.
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") {
    throw new HttpRefusal(415, "BAD_USER_INPUT", "The request body must be sent without content encoding.");
  }
}

/**
 * Cross-site request forgery and timing through links: any page may make a browser send a GET, cookies and client
 * certificates included, unless a header makes it ask for permission (CORS preflight) first.
 */
function checkPreflight(headers: IncomingHttpHeaders): void {
  if (!PREFLIGHT_HEADERS.some((name) => typeof headers[name] === "string" && headers[name].trim() !== "")) {
    throw new HttpRefusal(
      400,
      "BAD_USER_INPUT",
      `This request could have been sent by a page of another site. Send the header "x-hub-request: 1" (or ` +
        `${PREFLIGHT_HEADERS.slice(1).join(" or ")}), or use POST with the content type application/json.`,
    );
  }
}
