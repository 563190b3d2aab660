import { invariant } from "@alliance-hub/shared/invariant";
import type { SubgraphCall, SubgraphReply } from "../partitions/subgraph-caller";
import type { ExecutableOperation } from "./executable-operation";
import type { RootFetch } from "./executable-plan";
import { executeOperation, type OperationResult, type OperationRun, type PrintedResult } from "./execute-operation";
import { createCall } from "./send-fetch";

/** The call that opens the stream of a subscription's events. */
export function createSourceCall(
  executable: ExecutableOperation,
  run: Omit<OperationRun, "callSubgraph">,
): SubgraphCall {
  return createCall(findSource(executable), [], run);
}

/**
 * The response to one event of a subscription (GraphQL specification 6.2.3.2, ExecuteSubscriptionEvent): what the event
 * brings is read as the answer of the plan's first fetch, the rest of the plan runs as for a query.
 * @param event what came instead of a call's answer
 */
export function executeEvent(
  executable: ExecutableOperation,
  run: OperationRun,
  event: SubgraphReply,
): Promise<OperationResult | PrintedResult> {
  let isSourceAsked = false;
  return executeOperation(executable, {
    ...run,
    callSubgraph(call) {
      if (isSourceAsked) {
        return run.callSubgraph(call);
      }
      isSourceAsked = true;
      return Promise.resolve(event);
    },
  });
}

function findSource({ plan }: ExecutableOperation): RootFetch {
  let node = plan;
  while (node?.kind === "sequence") {
    [node] = node.nodes;
  }
  invariant(node?.kind === "root", "the plan of a subscription begins with its source");
  return node;
}
