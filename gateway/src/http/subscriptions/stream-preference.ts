/**
 * What a client's `accept` says about streams of events.
 *
 * - `never`: it is not named. A wildcard does not mean it.
 * - `subscriptions`: beside JSON. Queries are answered in JSON, subscriptions by a stream: so ask clients that know both.
 * - `always`: instead of JSON, or rather.
 */
export type StreamPreference = "never" | "subscriptions" | "always";

const EVENT_STREAM = "text/event-stream";
const JSON_TYPES: ReadonlySet<string> = new Set([
  "application/json",
  "application/graphql-response+json",
  "application/*",
  "*/*",
]);

export function readStreamPreference(accept: string | undefined): StreamPreference {
  if (accept === undefined || !accept.toLowerCase().includes(EVENT_STREAM)) {
    return "never";
  }
  let streamQuality = 0;
  let jsonQuality = 0;
  for (const range of accept.split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1") || 0;
    if (type === EVENT_STREAM) {
      streamQuality = Math.max(streamQuality, quality);
    } else if (JSON_TYPES.has(type)) {
      jsonQuality = Math.max(jsonQuality, quality);
    }
  }
  if (streamQuality === 0) {
    return "never";
  }
  return streamQuality > jsonQuality ? "always" : "subscriptions";
}
