import type { IncomingHttpHeaders } from "node:http";
import { Pool } from "undici";
import { type EndSignal, isTimeUp } from "../end-signal";
import { AnswerMemory } from "./answer-bytes";
import { type CacheHint, readCacheHint } from "./cache-hint";
import { exchangeText, type HeadCheck } from "./http-exchange";
import { parseAnswer } from "./response-body";
import {
  type SubgraphRequest,
  type SubgraphTransport,
  SubgraphUnreachable,
  type UnreachableReason,
} from "./subgraph-transport";

export interface HttpTransportOptions {
  /** The subgraph's name, for logs. */
  readonly name: string;
  readonly url: string;
  /** Connections that are kept open to the instance, at most. */
  readonly connections?: number;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Of one answer, in bytes. */
  readonly maxResponseBytes?: number;
  /** Of all answers that are being received at the same time, in bytes. */
  readonly maxReceivingBytes?: number;
  readonly clock?: () => number;
}

export interface HttpTimeouts {
  readonly connectMs: number;
  /** From the request to the last header. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly stallMs: number;
  /** From the request to the last piece of the body, however many pieces come. */
  readonly bodyMs: number;
}

const DEFAULT_CONNECTIONS = 64;
const DEFAULT_MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const DEFAULT_MAX_RECEIVING_BYTES = 32 * 1024 * 1024;
const DEFAULT_TIMEOUTS: HttpTimeouts = { connectMs: 2_000, headersMs: 30_000, stallMs: 10_000, bodyMs: 60_000 };

/** Shorter than the 5 s after which Node's own servers close an idle connection: a request must not meet the closing. */
const KEEP_ALIVE_MS = 4_000;

const TIMEOUT_CODES = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** It talks, but not HTTP as it should. The parser's own errors have a code only sometimes. */
const PROTOCOL_CODES = /^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_|UND_ERR_RESPONSE)/;
const PARSER_ERROR = "HTTPParserError";

/**
 * One instance over HTTP (GraphQL over HTTP specification, POST). Redirects are not followed: an instance could point the
 * gateway at addresses inside its own network.
 */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { name, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES, clock = Date.now } = options;
  const { origin, pathname, search } = new URL(options.url);
  const path = `${pathname}${search}`;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const memory = new AnswerMemory(options.maxReceivingBytes ?? DEFAULT_MAX_RECEIVING_BYTES);
  const pool = new Pool(origin, {
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.stallMs,
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
    if (Number(headers["content-length"] ?? 0) > maxResponseBytes) {
      throw refuseSize();
    }
  }

  function refuseSize(): SubgraphUnreachable {
    return new SubgraphUnreachable(name, "too_large", "more of an answer than is read");
  }

  function send(call: SubgraphRequest, checkHead: HeadCheck): Promise<string> {
    const { requestId, deadlineAtMs, signal } = call;
    const bodyEndsAtMs = clock() + timeouts.bodyMs;
    const checkProgress = () => {
      // The timer between two pieces never ends a body that drips; each drop looks at the clock instead.
      if (clock() > bodyEndsAtMs) {
        throw new SubgraphUnreachable(name, "timed_out", "the body does not end");
      }
    };
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
    const maxBytes = maxResponseBytes;
    return exchangeText(pool, { request, signal, checkHead, refuseSize, maxBytes, memory, checkProgress });
  }

  return {
    async execute(request) {
      let cacheHint: CacheHint | undefined;
      const readHead: HeadCheck = (statusCode, headers) => {
        checkHead(statusCode, headers);
        cacheHint = readCacheHint(statusCode, headers);
      };
      try {
        const answer = parseAnswer(await send(request, readHead), name);
        return cacheHint === undefined ? answer : { ...answer, cacheHint };
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

function describeFailure(error: unknown, name: string, signal: EndSignal): SubgraphUnreachable {
  if (error instanceof SubgraphUnreachable) {
    return error;
  }
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (signal.aborted) {
    return new SubgraphUnreachable(name, isTimeUp(signal) ? "timed_out" : "aborted", message, { cause: error });
  }
  return new SubgraphUnreachable(name, reasonOf(error, code), message || code, { cause: error });
}

function reasonOf(error: unknown, code: string): UnreachableReason {
  if (TIMEOUT_CODES.has(code)) {
    return "timed_out";
  }
  const isParserError = error instanceof Error && error.name === PARSER_ERROR;
  return isParserError || PROTOCOL_CODES.test(code) ? "invalid" : "refused";
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}
