import type { Logger } from "pino";
import { type SubgraphRequest, type SubgraphTransport, SubgraphUnreachable } from "../egress/subgraph-transport";
import type { AskedSubgraph, CallOutcome } from "../request/completeness";

/** One request to a subgraph, whoever runs it. */
export interface SubgraphCall extends SubgraphRequest {
  readonly subgraph: string;
}

/** What came of a call: an answer (not trusted), nothing because the subgraph is out of reach, or a defect of ours. */
export type SubgraphReply =
  | {
      readonly kind: "answered";
      readonly data?: unknown;
      readonly errors?: unknown;
      /** See SubgraphResponse. */
      readonly text?: string;
      /** Of an answer that the gateway put together itself: who was asked for it. */
      readonly asked?: readonly AskedSubgraph[];
    }
  | { readonly kind: "unavailable"; readonly outcome: Exclude<CallOutcome, "answered"> }
  | { readonly kind: "failed" };

/** Between execution, which knows subgraphs, and egress, which knows instances. Never rejects. */
export type SubgraphCaller = (call: SubgraphCall) => Promise<SubgraphReply>;

/** Calls each subgraph at the one instance that runs all of it. */
export function createSubgraphCaller(transports: ReadonlyMap<string, SubgraphTransport>, log: Logger): SubgraphCaller {
  return async (call) => {
    const { subgraph, requestId } = call;
    const transport = transports.get(subgraph);
    if (transport === undefined) {
      log.error({ requestId, subgraph }, "no transport for a subgraph of the supergraph");
      return { kind: "failed" };
    }
    try {
      const { data, errors, text, asked } = await transport.execute(call);
      return { kind: "answered", data, errors, text, ...(asked !== undefined && { asked }) };
    } catch (error) {
      if (error instanceof SubgraphUnreachable) {
        log.warn({ requestId, subgraph, reason: error.reason, err: error }, "subgraph unreachable");
        return { kind: "unavailable", outcome: error.outcome };
      }
      log.error({ requestId, subgraph, err: error }, "calling a subgraph failed");
      return { kind: "failed" };
    }
  };
}
