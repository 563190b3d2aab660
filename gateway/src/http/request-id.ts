import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Nothing that could break a log line, a header or a shell. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The client's id of a request, so that its log and ours can be joined; a new one when it sent none that is safe to repeat. */
export function chooseRequestId(request: Pick<IncomingMessage, "headers">): string {
  const sent = request.headers["x-request-id"];
  return typeof sent === "string" && REQUEST_ID.test(sent) ? sent : randomUUID();
}
