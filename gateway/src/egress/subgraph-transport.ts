import type { AskedSubgraph, CallOutcome } from "../request/completeness";
import type { EndSignal } from "../request/end-signal";
import type { EntityQuestion } from "../request/entity-question";
import type { CacheHint } from "./cache-hint";
import type { SubgraphStream, SubgraphStreamRequest } from "./subgraph-stream";

/** One request to one instance of a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** `query`, `operationName` and `variables` as JSON text, where it has been printed already. */
  readonly body?: string;
  /** The entities that `body` asks for, so that it can be put together with others like it. */
  readonly entities?: EntityQuestion;
  /**
   * Who may see the answer: it may be given to all who ask for the same and are of the same class. Without it, the answer is
   * for this request alone, and no older one will do.
   */
  readonly authorizationClass?: string;
  /**
   * Called with the text of an answer, once it is within the limits. True: it is valid JSON with exactly what was asked for, and
   * whoever asked has read it; then it need not be parsed. Whoever looks at the data of an answer must not pass this on.
   */
  readonly readText?: (text: string) => boolean;
  /** Id of the client's request, passed on so that logs of all services can be joined. */
  readonly requestId: string;
  /** When the client's request is over, in milliseconds since 1970. */
  readonly deadlineAtMs: number;
  /** Aborted when the client has gone or the deadline has passed. */
  readonly signal: EndSignal;
}

/** What an instance answered, parsed but not trusted: every part may have any shape. */
export interface SubgraphResponse {
  readonly data?: unknown;
  readonly errors?: unknown;
  /** Of an answer that `readText` took, in place of `data`; there are no errors. */
  readonly text?: string;
  /** Set by the gateway's own subgraphs only, which ask others: who was asked. Never read from an instance's answer. */
  readonly asked?: readonly AskedSubgraph[];
  /** Absent where nothing of the answer may be kept. */
  readonly cacheHint?: CacheHint;
}

/**
 * How a subgraph is reached: over HTTP, or in process in the all-in-one hub. Behind this interface nobody can tell.
 * A transport throws SubgraphUnreachable when there is no GraphQL answer at all (refused, cut off, timed out, not GraphQL).
 */
export interface SubgraphTransport {
  execute(request: SubgraphRequest): Promise<SubgraphResponse>;
  /**
   * Opens a stream of events; absent where there is no way to get any. Settles when the instance has taken the subscription.
   * @throws SubgraphUnreachable
   */
  subscribe?(request: SubgraphStreamRequest): Promise<SubgraphStream>;
  close(): Promise<void>;
}

/**
 * - `refused`: nobody listens, or the connection broke.
 * - `timed_out`: the request's deadline or one of the transport's own timeouts has passed.
 * - `invalid`: no GraphQL answer.
 * - `too_large`: more of an answer than is read.
 * - `aborted`: nobody waits for the answer any longer.
 * - `overloaded`: too many requests wait for the instance; it was not asked.
 * - `circuit_open`: the instance failed too often just before; it was not asked.
 */
export type UnreachableReason =
  | "refused"
  | "timed_out"
  | "invalid"
  | "too_large"
  | "aborted"
  | "overloaded"
  | "circuit_open";

const OUTCOMES: Readonly<Record<UnreachableReason, Exclude<CallOutcome, "answered">>> = {
  refused: "unreachable",
  timed_out: "timed_out",
  invalid: "invalid",
  too_large: "invalid",
  aborted: "timed_out",
  overloaded: "refused",
  circuit_open: "circuit_open",
};

/** Why there was no answer. The words are for the log; a client only sees what it comes to. */
export class SubgraphUnreachable extends Error {
  override readonly name = "SubgraphUnreachable";

  constructor(
    readonly subgraph: string,
    readonly reason: UnreachableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`subgraph ${subgraph}: ${message}`, options);
  }

  get outcome(): Exclude<CallOutcome, "answered"> {
    return OUTCOMES[this.reason];
  }
}
