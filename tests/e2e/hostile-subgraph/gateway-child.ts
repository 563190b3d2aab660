import { type DuelGraph, serveDuel } from "./duel";

/** What the process tells the test that started it. */
export type ChildReport =
  | { readonly kind: "listening"; readonly url: string }
  /** After garbage collection, in bytes: objects, and what lies outside of V8's heap. */
  | { readonly kind: "memory"; readonly bytes: number };

const REQUEST_TIMEOUT_MS = 1_500;

/** A gateway with the limits that it has in production, in a process of its own, so that its memory can be told from the test's. */
process.on("message", async (message: { readonly graph?: DuelGraph }) => {
  if (message.graph !== undefined) {
    // The circuit would keep most of what is to be measured away.
    const { url } = await serveDuel(message.graph, { circuit: { minRequests: 1_000_000 } }, REQUEST_TIMEOUT_MS);
    report({ kind: "listening", url });
  } else {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    report({ kind: "memory", bytes: heapUsed + external });
  }
});
process.once("disconnect", () => process.exit());

function report(message: ChildReport): void {
  process.send?.(message);
}
