import { type SubgraphTransport, SubgraphUnreachable } from "@alliance-hub/gateway/egress/subgraph-transport";
import { makeInProcessExecutor } from "@alliance-hub/shared/server/execute-in-process";
import type { Subgraph } from "@alliance-hub/shared/server/subgraph";

/** Reaches a subgraph of the same process; to the gateway it looks like any other. Closing it closes the subgraph. */
export function createInProcessTransport(subgraph: Subgraph): SubgraphTransport {
  const execute = makeInProcessExecutor(subgraph);
  return {
    execute({ signal, ...request }) {
      return Promise.race([execute(request), failWhenAborted(signal, subgraph.name)]);
    },
    close: () => subgraph.close(),
  };
}

/** The subgraph's work ends by itself (the database bounds each statement); the client need not wait for it. */
function failWhenAborted(signal: AbortSignal, name: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => {
      const isTimeout = signal.reason instanceof DOMException && signal.reason.name === "TimeoutError";
      reject(new SubgraphUnreachable(name, isTimeout ? "timed_out" : "aborted", "the request is over"));
    };
    if (signal.aborted) {
      fail();
    } else {
      signal.addEventListener("abort", fail, { once: true });
    }
  });
}
