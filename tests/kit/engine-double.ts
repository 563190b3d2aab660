import type { OperationExecutor } from "@alliance-hub/gateway/http/graphql-route";

/** An engine that answers as the test says. It has no streams. */
export function createEngineDouble(execute: OperationExecutor["execute"]): OperationExecutor {
  return {
    execute,
    async subscribe({ timeoutMs, ...request }) {
      return { kind: "response", response: await execute({ ...request, deadlineAtMs: Date.now() + timeoutMs }) };
    },
    async endSubscriptions() {},
  };
}
