import { type SubgraphTransport, SubgraphUnreachable } from "@alliance-hub/gateway/egress/subgraph-transport";
import { type EndSignal, isTimeUp } from "@alliance-hub/gateway/request/end-signal";
import { makeInProcessExecutor } from "@alliance-hub/shared/server/execute-in-process";
import type { Subgraph } from "@alliance-hub/shared/server/subgraph";

/** Reaches a subgraph of the same process; to the gateway it looks like any other. Closing it closes the subgraph. */
export function createInProcessTransport(subgraph: Subgraph): SubgraphTransport {
  const execute = makeInProcessExecutor(subgraph);
  return {
    async execute({ signal, ...request }) {
      if (signal.aborted) {
        // Later steps of a plan whose client has gone: a mutation that nobody waits for must not begin.
        throw describeAbort(signal, subgraph.name);
      }
      return untilAborted(execute(request), signal, subgraph.name);
    },
    close: () => subgraph.close(),
  };
}

/** The subgraph's work ends by itself (the database bounds each statement); the client need not wait for it. */
function untilAborted<T>(work: Promise<T>, signal: EndSignal, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(describeAbort(signal, name));
    signal.addEventListener("abort", fail);
    // One signal serves all fetches of a request: a listener that stayed would hold each of their answers until its end.
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", fail));
  });
}

function describeAbort(signal: EndSignal, name: string): SubgraphUnreachable {
  return new SubgraphUnreachable(name, isTimeUp(signal) ? "timed_out" : "aborted", "the request is over");
}
