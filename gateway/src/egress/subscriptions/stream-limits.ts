/** What one stream of events of an instance may cost. */
export interface StreamLimits {
  /** Streams of one instance that are open at the same time. */
  readonly maxStreams: number;
  /** From the request until the instance has taken the subscription. */
  readonly openMs: number;
  /** Without a byte from the instance; events and keep-alive signs alike end the silence. */
  readonly silenceMs: number;
  /** Bytes of one event. */
  readonly maxEventBytes: number;
  /** Events that wait until those before them are answered. */
  readonly maxWaiting: number;
  /** Bytes of all events of one instance that are being received or wait; 256 KiB of each stream are free. */
  readonly maxWaitingBytes: number;
  /** Bytes within `silenceMs` that are no event: keep-alive signs, comments, unknown fields. */
  readonly maxChatterBytes: number;
}

export const DEFAULT_STREAM_LIMITS: StreamLimits = {
  maxStreams: 1_000,
  openMs: 10_000,
  silenceMs: 60_000,
  maxEventBytes: 1024 * 1024,
  maxWaiting: 32,
  maxWaitingBytes: 32 * 1024 * 1024,
  maxChatterBytes: 64 * 1024,
};
