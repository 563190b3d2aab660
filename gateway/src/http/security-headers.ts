import type { IncomingMessage, ServerResponse } from "node:http";
import { invariant } from "@alliance-hub/shared/invariant";
import { fastifyCors } from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import helmet from "helmet";
import { PREFLIGHT_HEADERS } from "./request-guard";

/** What a JSON answer may do when a browser is tricked into showing it: nothing. */
const ANSWER_POLICY = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The explorer page: its own files and the endpoint beside it. No inline script or style, nothing from elsewhere. */
const EXPLORER_POLICY = {
  ...ANSWER_POLICY,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  // GraphiQL's stylesheet carries its fonts and cursors itself.
  fontSrc: ["data:"],
  imgSrc: ["'self'", "data:"],
};

/** Seconds that a browser may remember the answer to a preflight; none remembers for longer than two hours. */
const PREFLIGHT_MAX_AGE_S = 7_200;

/**
 * @param origins sites whose pages may call the hub; none: only pages of its own. Never with credentials: callers show
 * who they are by a token in a header, so there is no cookie that another site's page could ride on.
 */
export async function registerSecurityHeaders(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  const headers = computeHeaders(ANSWER_POLICY);
  app.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  if (origins.length > 0) {
    await app.register(fastifyCors, {
      origin: origins.includes("*") ? "*" : [...origins],
      credentials: false,
      methods: ["GET", "POST"],
      allowedHeaders: ["content-type", "authorization", "hub-purpose", "x-request-id", ...PREFLIGHT_HEADERS],
      exposedHeaders: ["x-request-id"],
      maxAge: PREFLIGHT_MAX_AGE_S,
    });
  }
}

/** Headers of the explorer page, which take the place of the others. */
export function computeExplorerHeaders(): Readonly<Record<string, string>> {
  return computeHeaders(EXPLORER_POLICY);
}

/**
 * What helmet advises, by lower-case name. It says the same for every request, so it is asked once: composing the policy
 * anew took a tenth of the time that the gateway spends on a small answer.
 */
function computeHeaders(directives: Readonly<Record<string, string[]>>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const recorder = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  const applyHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    xFrameOptions: { action: "deny" },
  });
  applyHeaders({} as IncomingMessage, recorder as unknown as ServerResponse, (error) => {
    invariant(error === undefined, "helmet computes its headers");
  });
  return headers;
}
