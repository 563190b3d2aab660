import { type SubgraphRequest, SubgraphUnreachable } from "../egress/subgraph-transport";
import { isTimeUp } from "../request/end-signal";

/** What a transport would say of a request that has ended. */
export function describeLeaving({ signal }: Pick<SubgraphRequest, "signal">, name: string): SubgraphUnreachable {
  const reason = isTimeUp(signal) ? "timed_out" : "aborted";
  return new SubgraphUnreachable(name, reason, "the request ended while others waited on");
}
