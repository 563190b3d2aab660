import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnreachable,
  type UnreachableReason,
} from "@alliance-hub/gateway/egress/subgraph-transport";

interface PendingCall {
  readonly requestId: string;
  readonly resolve: (response: SubgraphResponse) => void;
  readonly reject: (error: Error) => void;
}

export interface FakeInstance {
  readonly transport: SubgraphTransport;
  /** All that arrived, in order. */
  readonly requests: SubgraphRequest[];
  /** Ids of requests without an answer yet. */
  running(): string[];
  /** Answers the oldest request with this id. */
  answer(requestId: string, response?: SubgraphResponse): void;
  answerAll(): void;
  fail(requestId: string, reason: UnreachableReason | Error): void;
  isClosed(): boolean;
}

/** A transport that answers when the test says so. */
export function createFakeInstance(): FakeInstance {
  const requests: SubgraphRequest[] = [];
  let pending: PendingCall[] = [];
  let isClosed = false;

  function take(requestId: string): PendingCall {
    const call = pending.find((candidate) => candidate.requestId === requestId);
    if (call === undefined) {
      throw new Error(`no request ${requestId} is running`);
    }
    pending = pending.filter((other) => other !== call);
    return call;
  }

  return {
    requests,
    transport: {
      execute(request) {
        requests.push(request);
        return new Promise((resolve, reject) => {
          pending.push({ requestId: request.requestId, resolve, reject });
        });
      },
      async close() {
        isClosed = true;
      },
    },
    running: () => pending.map(({ requestId }) => requestId),
    answer: (requestId, response = { data: {} }) => take(requestId).resolve(response),
    answerAll() {
      for (const { resolve } of pending.splice(0)) {
        resolve({ data: {} });
      }
    },
    fail(requestId, reason) {
      const error = typeof reason === "string" ? new SubgraphUnreachable("scores", reason, "as told") : reason;
      take(requestId).reject(error);
    },
    isClosed: () => isClosed,
  };
}

export function subgraphRequest(more: Partial<SubgraphRequest> = {}): SubgraphRequest {
  return {
    query: "{ scores { id } }",
    variables: {},
    requestId: "request-1",
    deadlineAtMs: Date.now() + 60_000,
    signal: new AbortController().signal,
    ...more,
  };
}
