import type { FastifyInstance } from "fastify";

/** Whether the gateway should be sent requests, and what is amiss. */
export interface Readiness {
  readonly isReady: boolean;
  /** One sentence each; may be given while ready, when a part is missing but the rest works. */
  readonly reasons: readonly string[];
  /** SHA-256 of the supergraph that requests are answered by. */
  readonly schemaId?: string;
}

/**
 * `/health`: the process lives; restart it when this fails. `/ready`: send it requests; never restart it because of this.
 * @param readiness asked for every request to `/ready`
 */
export function registerHealthRoutes(app: FastifyInstance, readiness: () => Promise<Readiness>): void {
  app.get("/health", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }));
  app.get("/ready", async (_request, reply) => {
    const { isReady, ...about } = await readiness();
    return reply
      .code(isReady ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: isReady ? "ready" : "not ready", ...about });
  });
}
