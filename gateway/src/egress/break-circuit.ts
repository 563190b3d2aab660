import { type CallVerdict, Circuit, type CircuitOptions, type CircuitState } from "./circuit";
import { type SubgraphTransport, SubgraphUnreachable, type UnreachableReason } from "./subgraph-transport";

export interface BreakCircuitOptions extends CircuitOptions {
  /** The subgraph's name, for logs. */
  readonly name: string;
  /**
   * A timeout counts as a failure of the instance when it had at least this time. With less, others used the request's time
   * up before: a slow instance must not open the circuits of those that are asked after it.
   */
  readonly fairTimeMs: number;
  /** Milliseconds since any fixed moment, never going back. */
  readonly clock: () => number;
  readonly onChange?: (state: CircuitState) => void;
}

export const DEFAULT_CIRCUIT: CircuitOptions & Pick<BreakCircuitOptions, "fairTimeMs"> = {
  windowMs: 10_000,
  minRequests: 20,
  failurePercent: 50,
  openMs: 5_000,
  probes: 3,
  fairTimeMs: 1_000,
};

/**
 * What each reason says about the instance. An answer that is too large is the doing of whoever asked for so much: if it
 * counted, one client could cut an instance off from all others.
 */
const VERDICTS: Readonly<Record<UnreachableReason, CallVerdict>> = {
  refused: "failure",
  timed_out: "failure",
  invalid: "failure",
  too_large: "neutral",
  aborted: "neutral",
  overloaded: "neutral",
  circuit_open: "neutral",
};

/** Stops asking an instance that fails, and fails at once instead. Errors that it answers are answers. */
export function breakCircuit(transport: SubgraphTransport, options: BreakCircuitOptions): SubgraphTransport {
  const { name, clock, fairTimeMs, onChange } = options;
  const circuit = new Circuit(options);
  let reported: CircuitState = "closed";

  function reportChange(): void {
    if (circuit.state !== reported) {
      reported = circuit.state;
      onChange?.(reported);
    }
  }

  function judge(error: unknown, tookMs: number): CallVerdict {
    if (!(error instanceof SubgraphUnreachable) || (error.reason === "timed_out" && tookMs < fairTimeMs)) {
      return "neutral";
    }
    return VERDICTS[error.reason];
  }

  async function attempt<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    const startedAtMs = clock();
    const permit = circuit.admit(startedAtMs);
    reportChange();
    if (permit === undefined) {
      throw new SubgraphUnreachable(name, "circuit_open", "it failed too often just before and is left alone");
    }
    try {
      const answer = await send();
      circuit.settle(permit, "success", clock());
      return answer;
    } catch (error) {
      const nowMs = clock();
      circuit.settle(permit, judge(error, nowMs - startedAtMs), nowMs);
      throw error;
    } finally {
      reportChange();
    }
  }

  const { subscribe } = transport;
  return {
    execute: (request) => attempt(() => transport.execute(request)),
    // What is judged is the opening; a stream that breaks later had a time of its own.
    ...(subscribe !== undefined && { subscribe: (request) => attempt(() => subscribe(request)) }),
    close: () => transport.close(),
  };
}
