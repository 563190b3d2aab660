import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { loadExplorerFiles } from "./explorer-files";
import { type ExampleQuery, renderExplorerPage } from "./explorer-page";
import { computeExplorerHeaders } from "./security-headers";

export interface ExplorerOptions {
  readonly isEnabled: boolean;
  readonly exampleQueries: readonly ExampleQuery[];
}

/** One year; the name of a file holds its digest, so another content has another name. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/**
 * `/` for browsers, with the page's files under `/explorer/`. Everyone else is told where GraphQL is.
 * The page names its files and the endpoint relative to itself, so that it also works behind a proxy's path.
 */
export function registerExplorerRoutes(app: FastifyInstance, { isEnabled, exampleQueries }: ExplorerOptions): void {
  if (!isEnabled) {
    app.get("/", async (_request, reply) => sendPointer(reply));
    return;
  }
  const files = loadExplorerFiles();
  const page = renderExplorerPage(files, exampleQueries);
  const pageHeaders = computeExplorerHeaders();

  app.get("/", async (request, reply) => {
    reply.headers(pageHeaders).header("vary", "accept");
    return acceptsHtml(request)
      ? reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page)
      : sendPointer(reply);
  });
  for (const file of files) {
    app.get(`/explorer/${file.name}`, async (_request, reply) =>
      reply.type(file.mediaType).header("cache-control", IMMUTABLE).send(file.content),
    );
  }
}

function acceptsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? "");
}

function sendPointer(reply: FastifyReply): FastifyReply {
  return reply.send({ name: "Alliance Hub", graphql: "/graphql", health: "/health", ready: "/ready" });
}
