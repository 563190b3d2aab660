import { type EndSignal, isTimeUp } from "../request/end-signal";
import { AnswerMemory } from "./answer-bytes";
import { type CacheHint, readCacheHint } from "./cache-hint";
import { exchangeText, type HeadCheck } from "./http-exchange";
import { createRequestPrinter } from "./request-text";
import { readAnswer } from "./response-body";
import { type SubgraphRequest, type SubgraphTransport, SubgraphUnreachable } from "./subgraph-transport";
import { ConnectionPool } from "./wire/connection-pool";
import { WireFault } from "./wire/wire-fault";
import type { WireTimeouts } from "./wire/wire-timeouts";

export interface HttpTransportOptions {
  /** The subgraph's name, for logs. */
  readonly name: string;
  readonly url: string;
  /** Connections that are kept open to the instance, at most. */
  readonly connections?: number;
  readonly timeouts?: Partial<WireTimeouts>;
  /** Of one answer, in bytes. */
  readonly maxResponseBytes?: number;
  /** Of all answers that are being received at the same time, in bytes. */
  readonly maxReceivingBytes?: number;
  readonly clock?: () => number;
}

const DEFAULT_CONNECTIONS = 64;
const DEFAULT_MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
const DEFAULT_MAX_RECEIVING_BYTES = 32 * 1024 * 1024;
const DEFAULT_TIMEOUTS: WireTimeouts = {
  connectMs: 2_000,
  headersMs: 30_000,
  stallMs: 10_000,
  bodyMs: 60_000,
  // Shorter than the 5 s after which Node's own servers close an idle connection: a request must not meet the closing.
  idleMs: 4_000,
};

/**
 * One instance over HTTP (GraphQL over HTTP specification, POST). Redirects are not followed: an instance could point the
 * gateway at addresses inside its own network.
 */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { name, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES, clock = Date.now } = options;
  const url = new URL(options.url);
  const printRequest = createRequestPrinter(url);
  const memory = new AnswerMemory(options.maxReceivingBytes ?? DEFAULT_MAX_RECEIVING_BYTES);
  const pool = new ConnectionPool({
    url,
    maxConnections: options.connections ?? DEFAULT_CONNECTIONS,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
  });

  const checkHead: HeadCheck = (statusCode, headers) => {
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
  };

  function refuseSize(): SubgraphUnreachable {
    return new SubgraphUnreachable(name, "too_large", "more of an answer than is read");
  }

  function send(call: SubgraphRequest, checkHead: HeadCheck): Promise<string> {
    const text = printRequest(call, Math.max(0, Math.round(call.deadlineAtMs - clock())));
    return exchangeText(pool, { text, signal: call.signal, checkHead, refuseSize, maxBytes: maxResponseBytes, memory });
  }

  return {
    async execute(request) {
      let cacheHint: CacheHint | undefined;
      const readHead: HeadCheck = (statusCode, headers) => {
        checkHead(statusCode, headers);
        cacheHint = readCacheHint(statusCode, headers);
      };
      try {
        const answer = readAnswer(await send(request, readHead), name, request.readText);
        return cacheHint === undefined ? answer : { ...answer, cacheHint };
      } catch (error) {
        throw describeFailure(error, name, request.signal);
      }
    },
    async close() {
      pool.close();
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

function readMediaType(header = ""): string {
  if (header === "application/json" || header === "application/graphql-response+json") {
    return header;
  }
  const [mediaType = ""] = header.split(";");
  return mediaType.trim().toLowerCase();
}

function describeFailure(error: unknown, name: string, signal: EndSignal): SubgraphUnreachable {
  if (error instanceof SubgraphUnreachable) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (signal.aborted) {
    return new SubgraphUnreachable(name, isTimeUp(signal) ? "timed_out" : "aborted", message, { cause: error });
  }
  return new SubgraphUnreachable(name, error instanceof WireFault ? error.reason : "refused", message, {
    cause: error,
  });
}
