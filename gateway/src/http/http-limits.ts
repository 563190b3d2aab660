/** What one client may cost the server before any GraphQL is read. */
export interface HttpLimits {
  readonly maxBodyBytes: number;
  /** How long one operation may take; the deadline that every subgraph is told. */
  readonly requestTimeoutMs: number;
  /** How long a client may take to send one request, headers and body. */
  readonly receiveTimeoutMs: number;
  /** All headers and the address together; bounds GET queries, too. */
  readonly maxHeaderBytes: number;
  /** Objects and lists inside one another in the body; `variables` is the first of them. */
  readonly maxJsonDepth: number;
  /** Objects, lists, strings, numbers and so on in the body, all counted: of variables each is coerced, checked and passed on. */
  readonly maxJsonValues: number;
  /** How long running requests may go on after `close()` was called. */
  readonly shutdownTimeoutMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  maxBodyBytes: 256 * 1024,
  requestTimeoutMs: 30_000,
  receiveTimeoutMs: 15_000,
  maxHeaderBytes: 16 * 1024,
  maxJsonDepth: 32,
  maxJsonValues: 10_000,
  shutdownTimeoutMs: 10_000,
};
