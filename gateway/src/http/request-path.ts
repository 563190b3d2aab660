import type { FastifyRequest } from "fastify";

/** The address without what stands behind `?`. */
export function pathOf(request: FastifyRequest): string {
  const end = request.raw.url?.indexOf("?") ?? -1;
  return (end === -1 ? request.raw.url : request.raw.url?.slice(0, end)) ?? "/";
}
