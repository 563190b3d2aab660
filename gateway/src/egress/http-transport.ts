import type { IncomingHttpHeaders } from "node:http";
import { Pool } from "undici";
import { exchangeText, type HeadCheck } from "./http-exchange";
import { parseAnswer } from "./response-body";
import { type SubgraphRequest, type SubgraphTransport, SubgraphUnreachable } from "./subgraph-transport";

export interface HttpTransportOptions {
  /** The subgraph's name, for logs. */
  readonly name: string;
  readonly url: string;
  /** Connections that are kept open to the instance, at most. */
  readonly connections?: number;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Of one answer, in bytes. */
  readonly maxResponseBytes?: number;
  readonly clock?: () => number;
}

export interface HttpTimeouts {
  readonly connectMs: number;
  /** From the request to the last header. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly bodyMs: number;
}

const DEFAULT_CONNECTIONS = 64;
const DEFAULT_MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const DEFAULT_TIMEOUTS: HttpTimeouts = { connectMs: 2_000, headersMs: 30_000, bodyMs: 10_000 };

/** Shorter than the 5 s after which Node's own servers close an idle connection: a request must not meet the closing. */
const KEEP_ALIVE_MS = 4_000;

/** Failures of a kept connection that the other side closed just when the request was written. */
const CLOSED_SOCKET_CODES = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

const TIMEOUT_CODES = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/**
 * One instance over HTTP (GraphQL over HTTP specification, POST). Redirects are not followed: an instance could point the
 * gateway at addresses inside its own network.
 */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { name, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES, clock = Date.now } = options;
  const { origin, pathname, search } = new URL(options.url);
  const path = `${pathname}${search}`;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const pool = new Pool(origin, {
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
  });

  function checkHead(statusCode: number, headers: IncomingHttpHeaders): void {
    const mediaType = readMediaType(headers["content-type"]);
    if (!isGraphqlAnswer(statusCode, mediaType)) {
      throw new SubgraphUnreachable(name, "invalid", `status ${statusCode} with ${mediaType || "no media type"}`);
    }
    // No compression is asked for, so none is accepted: a few kilobytes of gzip can unpack to gigabytes.
    const encoding = headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      throw new SubgraphUnreachable(name, "invalid", "the answer is compressed, which was not asked for");
    }
  }

  function refuseSize(): SubgraphUnreachable {
    return new SubgraphUnreachable(name, "invalid", `the answer is larger than ${maxResponseBytes} bytes`);
  }

  function send(call: SubgraphRequest, onHead: HeadCheck): Promise<string> {
    const { requestId, deadlineAtMs, signal } = call;
    const request = {
      method: "POST" as const,
      path,
      headers: [
        "content-type",
        "application/json",
        "accept",
        "application/graphql-response+json, application/json",
        "x-request-id",
        requestId,
        // Time left, not the time of day: the clocks of two members differ.
        "x-deadline-ms",
        String(Math.max(0, Math.round(deadlineAtMs - clock()))),
      ],
      body: call.body ?? printBody(call),
    };
    return exchangeText(pool, { request, signal, checkHead: onHead, refuseSize, maxBytes: maxResponseBytes });
  }

  /** Once more when a kept connection was closed before anything came back; a mutation may have been done by then. */
  async function sendSafely(request: SubgraphRequest): Promise<string> {
    let hasAnswer = false;
    const onHead: HeadCheck = (statusCode, headers) => {
      hasAnswer = true;
      checkHead(statusCode, headers);
    };
    try {
      return await send(request, onHead);
    } catch (error) {
      const isLost = !hasAnswer && CLOSED_SOCKET_CODES.has(codeOf(error));
      if (!isLost || isMutation(request.query) || request.signal.aborted) {
        throw error;
      }
      return send(request, checkHead);
    }
  }

  return {
    async execute(request) {
      try {
        return parseAnswer(await sendSafely(request), name);
      } catch (error) {
        throw describeFailure(error, name, request.signal);
      }
    },
    async close() {
      await pool.destroy();
    },
  };
}

/**
 * A refusal in GraphQL's own media type is an answer, whatever its status (GraphQL over HTTP, section 6.4). In plain JSON a
 * 5xx may be a proxy's.
 */
function isGraphqlAnswer(statusCode: number, mediaType: string): boolean {
  if (statusCode >= 300 && statusCode < 400) {
    return false;
  }
  return mediaType === "application/graphql-response+json" || (mediaType === "application/json" && statusCode < 500);
}

function printBody({ query, operationName, variables }: SubgraphRequest): string {
  return JSON.stringify({ query, operationName, variables });
}

function readMediaType(header: string | string[] | undefined): string {
  if (header === "application/json" || header === "application/graphql-response+json") {
    return header;
  }
  const [mediaType = ""] = String(header ?? "").split(";");
  return mediaType.trim().toLowerCase();
}

/** The plan's operations begin with their kind; a query may leave it out. */
function isMutation(query: string): boolean {
  return query.trimStart().startsWith("mutation");
}

function describeFailure(error: unknown, name: string, signal: AbortSignal): SubgraphUnreachable {
  if (error instanceof SubgraphUnreachable) {
    return error;
  }
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (signal.aborted) {
    const isTimeout = (signal.reason as { readonly name?: unknown } | undefined)?.name === "TimeoutError";
    return new SubgraphUnreachable(name, isTimeout ? "timed_out" : "aborted", message, { cause: error });
  }
  return new SubgraphUnreachable(name, TIMEOUT_CODES.has(code) ? "timed_out" : "refused", message || code, {
    cause: error,
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}
