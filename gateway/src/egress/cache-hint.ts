import type { IncomingHttpHeaders } from "node:http";

/** How long an instance lets its answer be kept for everybody who may see it. */
export interface CacheHint {
  /** More than 0. From the moment the request was sent. */
  readonly maxAgeMs: number;
}

/** Says that an answer is for everybody, and that it is not to be asked for again with each use. */
const FORBIDDING = ["private", "no-store", "no-cache"];

/** All that we send is the same for everybody: what an answer may vary by without being another for another caller. */
const HARMLESS_VARY = new Set(["accept", "accept-encoding", "content-type", "origin"]);

/**
 * What an answer's headers say of keeping it (RFC 9111, as a shared cache). Only `public` with a `max-age` that can be read
 * counts: whatever is unclear is not kept.
 */
export function readCacheHint(statusCode: number, headers: IncomingHttpHeaders): CacheHint | undefined {
  const header = headers["cache-control"];
  if (header === undefined || statusCode !== 200 || headers["set-cookie"] !== undefined || varies(headers.vary)) {
    return undefined;
  }
  const directives = joinHeader(header)
    .split(",")
    .map((directive) => directive.trim().toLowerCase());
  if (!directives.includes("public") || directives.some((directive) => FORBIDDING.includes(nameOf(directive)))) {
    return undefined;
  }
  const maxAge = readSeconds(directives, "max-age");
  // Meant for caches like this one; the smaller of the two, because more than max-age was never promised to the public.
  const sharedMaxAge = directives.some((directive) => nameOf(directive) === "s-maxage")
    ? readSeconds(directives, "s-maxage")
    : maxAge;
  const age = headers.age === undefined ? 0 : readNumber(joinHeader(headers.age).trim());
  if (maxAge === undefined || sharedMaxAge === undefined || age === undefined) {
    return undefined;
  }
  const seconds = Math.min(maxAge, sharedMaxAge) - age;
  return seconds > 0 ? { maxAgeMs: seconds * 1_000 } : undefined;
}

function varies(vary: string | string[] | undefined): boolean {
  const names = vary === undefined ? [] : joinHeader(vary).split(",");
  return names.some((name) => !HARMLESS_VARY.has(name.trim().toLowerCase()));
}

/** Undefined when the directive is missing, has no number, or is there twice: nobody knows which one counts. */
function readSeconds(directives: readonly string[], name: string): number | undefined {
  const [found, ...more] = directives.filter((directive) => nameOf(directive) === name);
  return found === undefined || more.length > 0 ? undefined : readNumber(found.slice(name.length + 1));
}

function readNumber(text: string): number | undefined {
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

function nameOf(directive: string): string {
  return directive.split("=", 1)[0] ?? "";
}

function joinHeader(header: string | readonly string[]): string {
  return typeof header === "string" ? header : header.join(",");
}
