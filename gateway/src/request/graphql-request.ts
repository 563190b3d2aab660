import type { ErrorCode } from "@alliance-hub/shared/error-codes";
import type { CompletenessEntry } from "./completeness";
import type { EndSignal } from "./end-signal";

/** One operation of a client, after HTTP and before planning. */
export interface GatewayRequest {
  /** The document as the client sent it. */
  readonly query: string;
  readonly operationName?: string;
  /** Raw JSON values; the engine coerces them by the schema. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /**
   * Who may see the answer: a query's may be given to all who ask for the same and are of the same class. Without it, nothing
   * is shared with anybody.
   */
  readonly authorizationClass?: string;
  /** Passed on to every subgraph, so that logs of all services can be joined. */
  readonly requestId: string;
  /** When the request is over, in milliseconds since 1970. */
  readonly deadlineAtMs: number;
  /** Aborted when the client has gone or the deadline has passed. */
  readonly signal: EndSignal;
  /** False for GET: a link must never change anything. */
  readonly allowMutation: boolean;
}

/** An error as it leaves the gateway: the shape of the GraphQL specification (7.1.2), and always with a code of the catalogue. */
export interface FormattedError {
  readonly message: string;
  readonly locations?: ReadonlyArray<{ readonly line: number; readonly column: number }>;
  readonly path?: ReadonlyArray<string | number>;
  readonly extensions: { readonly code: ErrorCode; readonly retryable: boolean; readonly [detail: string]: unknown };
}

export interface GatewayResponse {
  /**
   * `request-error`: nothing was executed (syntax, validation, variables, limits, mutation by GET) and there is no `data`.
   * `executed`: `data` is present, null when a non-null root field failed.
   */
  readonly kind: "request-error" | "executed";
  readonly data?: Readonly<Record<string, unknown>> | null;
  /** Absent when there is none; never an empty list. */
  readonly errors?: readonly FormattedError[];
  readonly extensions?: {
    /** Absent when every subgraph that was asked answered. */
    readonly completeness?: readonly CompletenessEntry[];
    /** What the operation was allowed for; only where the gateway is told to say so. */
    readonly cost?: number;
  };
  readonly operationKind?: "query" | "mutation" | "subscription";
  readonly operationName?: string;
}

/** One operation of a client that takes a stream for an answer. A query or mutation is answered as ever. */
export interface StreamRequest extends Omit<GatewayRequest, "deadlineAtMs"> {
  /** What one answer may take: that of a query or mutation, the opening of a stream, and the response to each event. */
  readonly timeoutMs: number;
  /** Aborted when the client has gone. This ends the stream at any time, also while its next result is awaited. */
  readonly signal: AbortSignal;
}

export type StreamOutcome =
  /** There is one answer: to a query or mutation, or to a subscription that could not be opened. */
  | { readonly kind: "response"; readonly response: GatewayResponse }
  | {
      readonly kind: "stream";
      readonly operationName: string | undefined;
      /** In the order of the events; never rejects. Who does not want it to the end aborts the request's signal. */
      readonly results: AsyncIterable<GatewayResponse>;
    };
