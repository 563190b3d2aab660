/** How long is waited at each step of a request; and how long a connection is kept that nobody uses. */
export interface WireTimeouts {
  readonly connectMs: number;
  /** From the request to the last header. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly stallMs: number;
  /** From the request to the last piece of the body, however many pieces come. */
  readonly bodyMs: number;
  readonly idleMs: number;
}
