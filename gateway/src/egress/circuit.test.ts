import fc from "fast-check";
import { type CallVerdict, Circuit, type CircuitOptions, type CircuitPermit } from "./circuit";

const OPTIONS: CircuitOptions = { windowMs: 1_000, minRequests: 4, failurePercent: 50, openMs: 500, probes: 2 };

function settleNow(circuit: Circuit, verdict: CallVerdict, nowMs: number): void {
  const permit = circuit.admit(nowMs);
  expect(permit).toBeDefined();
  circuit.settle(permit ?? -1, verdict, nowMs);
}

function openCircuit(nowMs: number): Circuit {
  const circuit = new Circuit(OPTIONS);
  for (let count = 0; count < OPTIONS.minRequests; count += 1) {
    settleNow(circuit, "failure", nowMs);
  }
  expect(circuit.state).toBe("open");
  return circuit;
}

describe("Circuit", () => {
  it("opens at the share of failures, and not before there are enough requests", () => {
    const circuit = new Circuit(OPTIONS);
    settleNow(circuit, "failure", 0);
    settleNow(circuit, "failure", 0);
    settleNow(circuit, "success", 0);
    expect(circuit.state).toBe("closed");
    settleNow(circuit, "success", 0);
    expect(circuit.state).toBe("closed");
    settleNow(circuit, "failure", 0);
    expect(circuit.state).toBe("open");
  });

  it("forgets failures that are older than its window", () => {
    const circuit = new Circuit(OPTIONS);
    [0, 0, 0].forEach((nowMs) => {
      settleNow(circuit, "failure", nowMs);
    });
    settleNow(circuit, "failure", OPTIONS.windowMs);
    expect(circuit.state).toBe("closed");
  });

  it("sends nothing while it is open, then as many as it has probes", () => {
    const circuit = openCircuit(0);
    expect(circuit.admit(OPTIONS.openMs - 1)).toBeUndefined();
    const permits = [circuit.admit(OPTIONS.openMs), circuit.admit(OPTIONS.openMs)];
    expect(permits).not.toContain(undefined);
    expect(circuit.admit(OPTIONS.openMs)).toBeUndefined();
    expect(circuit.state).toBe("half_open");
    circuit.settle(permits[0] ?? -1, "neutral", OPTIONS.openMs);
    settleNow(circuit, "success", OPTIONS.openMs);
    circuit.settle(permits[1] ?? -1, "success", OPTIONS.openMs);
    expect(circuit.state).toBe("closed");
  });

  it("opens again for its whole time when one probe fails", () => {
    const circuit = openCircuit(0);
    settleNow(circuit, "success", 700);
    settleNow(circuit, "failure", 800);
    expect(circuit.state).toBe("open");
    expect(circuit.admit(800 + OPTIONS.openMs - 1)).toBeUndefined();
    expect(circuit.admit(800 + OPTIONS.openMs)).toBeDefined();
  });

  it("begins with an empty window when it has closed", () => {
    const circuit = openCircuit(0);
    settleNow(circuit, "success", 500);
    settleNow(circuit, "success", 500);
    for (let count = 1; count < OPTIONS.minRequests; count += 1) {
      settleNow(circuit, "failure", 500);
    }
    expect(circuit.state).toBe("closed");
  });

  it("ignores what comes of requests of an earlier state", () => {
    const circuit = new Circuit(OPTIONS);
    const hanging = [circuit.admit(0), circuit.admit(0), circuit.admit(0)];
    for (let count = 0; count < OPTIONS.minRequests; count += 1) {
      settleNow(circuit, "failure", 0);
    }
    circuit.settle(hanging[0] ?? -1, "success", 100);
    expect(circuit.state).toBe("open");
    settleNow(circuit, "success", 500);
    circuit.settle(hanging[1] ?? -1, "failure", 500);
    circuit.settle(hanging[2] ?? -1, "success", 500);
    expect(circuit.state).toBe("half_open");
    settleNow(circuit, "success", 500);
    expect(circuit.state).toBe("closed");
  });

  /** The same rules, written as a list of all that happened since the last change of state. */
  class Model {
    state: "closed" | "open" | "half_open" = "closed";
    changedAtMs = 0;
    since: { atMs: number; verdict: CallVerdict }[] = [];
    running = new Set<CircuitPermit>();

    change(state: Model["state"], nowMs: number): void {
      Object.assign(this, { state, changedAtMs: nowMs, since: [], running: new Set() });
    }

    mayAdmit(nowMs: number): boolean {
      if (this.state === "open" && nowMs - this.changedAtMs >= OPTIONS.openMs) {
        this.change("half_open", nowMs);
      }
      const succeeded = this.since.filter(({ verdict }) => verdict === "success").length;
      return this.state === "closed" || (this.state === "half_open" && this.running.size + succeeded < OPTIONS.probes);
    }

    settle(verdict: CallVerdict, nowMs: number): void {
      this.since.push({ atMs: nowMs, verdict });
      const stretch = Math.floor(nowMs / 100);
      const counted = this.since.filter(
        (call) => call.verdict !== "neutral" && Math.floor(call.atMs / 100) > stretch - 10,
      );
      const failures = counted.filter((call) => call.verdict === "failure").length;
      if (this.state === "half_open") {
        if (verdict === "failure") {
          this.change("open", nowMs);
        } else if (this.since.filter((call) => call.verdict === "success").length === OPTIONS.probes) {
          this.change("closed", nowMs);
        }
      } else if (verdict === "failure" && counted.length >= OPTIONS.minRequests && failures * 2 >= counted.length) {
        this.change("open", nowMs);
      }
    }
  }

  it("does what its model does, whatever happens in whatever order", () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant("admit" as const), afterMs: fc.nat(300) }),
      fc.record({
        kind: fc.constant("settle" as const),
        afterMs: fc.nat(300),
        which: fc.nat(20),
        verdict: fc.constantFrom<CallVerdict>("success", "failure", "failure", "neutral"),
      }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const circuit = new Circuit(OPTIONS);
        const model = new Model();
        /** With the model's set of running probes of that moment: a set that was replaced is an earlier state. */
        const sent: { permit: CircuitPermit; token: number; era: Set<CircuitPermit> }[] = [];
        let nowMs = 0;
        events.forEach((step, token) => {
          nowMs += step.afterMs;
          if (step.kind === "admit") {
            const permit = circuit.admit(nowMs);
            expect(permit !== undefined).toBe(model.mayAdmit(nowMs));
            if (permit !== undefined) {
              model.running.add(token);
              sent.push({ permit, token, era: model.running });
            }
          } else if (sent.length > 0) {
            const [call] = sent.splice(step.which % sent.length, 1);
            if (call !== undefined) {
              circuit.settle(call.permit, step.verdict, nowMs);
              if (call.era === model.running) {
                model.running.delete(call.token);
                model.settle(step.verdict, nowMs);
              }
            }
          }
          expect(circuit.state).toBe(model.state);
        });
      }),
      { numRuns: 500 },
    );
  });
});
