import type { SubgraphTransport } from "../egress/subgraph-transport";
import type { Readiness } from "../http/health-routes";

/** How long an answer is good for: `/ready` is open to all and must not become a way to make others busy. */
const FRESH_MS = 2_000;
const PROBE_TIMEOUT_MS = 2_000;

/**
 * Asks every subgraph for its `__typename`. Ready when one of them answers, with a reason for each that does not: a member's
 * server that is down must not take the gateway away from requests that do not touch it.
 * @param transports those of the schema that is served now
 * @param clock milliseconds since any fixed moment
 */
export function createSubgraphProbe(
  transports: () => ReadonlyMap<string, SubgraphTransport>,
  clock: () => number = Date.now,
): () => Promise<Readiness> {
  let probe: { readonly atMs: number; readonly readiness: Promise<Readiness> } | undefined;
  return () => {
    const nowMs = clock();
    if (probe === undefined || nowMs - probe.atMs >= FRESH_MS) {
      probe = { atMs: nowMs, readiness: probeAll(transports(), nowMs + PROBE_TIMEOUT_MS) };
    }
    return probe.readiness;
  };
}

async function probeAll(transports: ReadonlyMap<string, SubgraphTransport>, deadlineAtMs: number): Promise<Readiness> {
  const silent = await Promise.all(
    [...transports].map(async ([name, transport]) => ((await isAnswering(transport, deadlineAtMs)) ? [] : [name])),
  );
  const names = silent.flat();
  return {
    isReady: names.length < transports.size || transports.size === 0,
    reasons: names.map((name) => `The subgraph ${name} does not answer.`),
  };
}

async function isAnswering(transport: SubgraphTransport, deadlineAtMs: number): Promise<boolean> {
  try {
    await transport.execute({
      query: "{ __typename }",
      variables: {},
      requestId: "ready",
      deadlineAtMs,
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    return true;
  } catch {
    return false;
  }
}
