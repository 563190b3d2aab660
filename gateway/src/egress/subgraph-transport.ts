/** One request to one instance of a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Id of the client's request, passed on so that logs of all services can be joined. */
  readonly requestId: string;
  /** When the client's request is over, in milliseconds since 1970. */
  readonly deadlineAtMs: number;
  /** Aborted when the client has gone or the deadline has passed. */
  readonly signal: AbortSignal;
}

/** What an instance answered, parsed but not trusted: every part may have any shape. */
export interface SubgraphResponse {
  readonly data?: unknown;
  readonly errors?: unknown;
}

/**
 * How a subgraph is reached: over HTTP, or in process in the all-in-one hub. Behind this interface nobody can tell.
 * A transport throws SubgraphUnreachable when there is no GraphQL answer at all (refused, cut off, timed out, not GraphQL).
 */
export interface SubgraphTransport {
  execute(request: SubgraphRequest): Promise<SubgraphResponse>;
  close(): Promise<void>;
}

/** Why there was no answer. The words are for the log; a client only sees that the subgraph is unavailable. */
export class SubgraphUnreachable extends Error {
  override readonly name = "SubgraphUnreachable";

  constructor(
    readonly subgraph: string,
    readonly reason: "refused" | "timed_out" | "invalid" | "aborted",
    message: string,
    options?: ErrorOptions,
  ) {
    super(`subgraph ${subgraph}: ${message}`, options);
  }
}
