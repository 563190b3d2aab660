/** What clients that keep a connection open may cost. */
export interface SubscriptionLimits {
  /** WebSockets that are open at the same time. */
  readonly maxSockets: number;
  /** Operations of one socket that run at the same time. */
  readonly maxOperationsPerSocket: number;
  /** How long a socket may take to say `connection_init`. */
  readonly initTimeoutMs: number;
  /** A sign of life goes out this often; a socket that does not answer it until the next one is cut off. */
  readonly heartbeatMs: number;
  /** A socket without an operation is closed after this. */
  readonly idleTimeoutMs: number;
  /** How long a client may leave a stream unread before it is cut off. */
  readonly stallTimeoutMs: number;
  /** Bytes that may wait to be sent over one socket when something is added. */
  readonly maxUnsentBytes: number;
}

export const DEFAULT_SUBSCRIPTION_LIMITS: SubscriptionLimits = {
  maxSockets: 1_000,
  maxOperationsPerSocket: 100,
  initTimeoutMs: 10_000,
  heartbeatMs: 15_000,
  idleTimeoutMs: 300_000,
  stallTimeoutMs: 30_000,
  maxUnsentBytes: 1024 * 1024,
};
