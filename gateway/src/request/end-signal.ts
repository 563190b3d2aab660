/**
 * Tells when nobody waits for an answer any longer. Every `AbortSignal` is one; the gateway itself makes a RequestEnd for
 * each request, which costs a tenth of it (docs/performance.md).
 */
export interface EndSignal {
  readonly aborted: boolean;
  /** A DOMException named `TimeoutError` when time was up, `AbortError` otherwise; undefined before the end. */
  readonly reason: unknown;
  /** The listener is called once. Not at all when the end has been already. */
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Whether the end came because time was up, not because somebody lost interest. */
export function isTimeUp({ reason }: EndSignal): boolean {
  return typeof reason === "object" && reason !== null && "name" in reason && reason.name === "TimeoutError";
}
