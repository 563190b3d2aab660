import type { IncomingMessage } from "node:http";
import { PREFLIGHT_HEADERS } from "./request-guard";

/** Names and values in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[];

/** Seconds that a browser may remember the answer to a preflight; none remembers for longer than two hours. */
const PREFLIGHT_MAX_AGE_S = 7_200;

const PREFLIGHT_ANSWER: HeaderList = [
  "access-control-allow-methods",
  "GET, POST",
  "access-control-allow-headers",
  ["content-type", "authorization", "hub-purpose", "x-request-id", ...PREFLIGHT_HEADERS].join(", "),
  "access-control-max-age",
  String(PREFLIGHT_MAX_AGE_S),
];

/**
 * Which sites' pages may call the hub and read its answers (Fetch standard, section "CORS protocol").
 * Never with credentials: callers show who they are by a token in a header, so there is no cookie that another site's page
 * could ride on.
 */
export class CrossOriginPolicy {
  readonly #origins: ReadonlySet<string>;
  readonly #isOpen: boolean;

  /** @param origins such as `https://partner.example`, or `*` for all; none: only pages of the hub's own site */
  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
    this.#isOpen = this.#origins.has("*");
  }

  /** Headers that belong to every answer. */
  headersFor(request: IncomingMessage): HeaderList {
    if (this.#origins.size === 0) {
      return [];
    }
    const exposed = ["access-control-expose-headers", "x-request-id"];
    if (this.#isOpen) {
      return ["access-control-allow-origin", "*", ...exposed];
    }
    const { origin } = request.headers;
    // Also for strangers: a cache must not give one site the answer to another.
    return origin !== undefined && this.#origins.has(origin)
      ? ["vary", "origin", "access-control-allow-origin", origin, ...exposed]
      : ["vary", "origin"];
  }

  /** What is added for a browser that asks whether it may send a request; undefined for what is no such question. */
  answerPreflight(request: IncomingMessage): HeaderList | undefined {
    const { method, headers } = request;
    const isPreflight =
      method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;
    return isPreflight && this.#origins.size > 0 ? PREFLIGHT_ANSWER : undefined;
  }
}
