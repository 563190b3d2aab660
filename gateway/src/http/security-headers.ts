import { fastifyCors } from "@fastify/cors";
import { fastifyHelmet } from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import { PREFLIGHT_HEADERS } from "./request-guard";

/** What a JSON answer may do when a browser is tricked into showing it: nothing. */
const ANSWER_POLICY = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The explorer page: its own files and the endpoint beside it. No inline script or style, nothing from elsewhere. */
export const EXPLORER_POLICY = {
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
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: ANSWER_POLICY },
    xFrameOptions: { action: "deny" },
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
