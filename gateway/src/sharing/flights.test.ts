import { FakeTime, settleAll } from "@alliance-hub/tests/kit/fake-time";
import fc from "fast-check";
import type { EndSignal } from "../request/end-signal";
import { Flights } from "./flights";

const JOIN_MS = 100;
const PATIENCE_MS = 50;

/** One upstream run, which ends when the test says so, or with its signal. */
interface Run {
  /** A letter, which is the question, and the authorisation class. */
  readonly key: string;
  readonly startedAtMs: number;
  readonly signal: EndSignal;
  isOpen: boolean;
  settle(outcome: "answer" | "failure"): void;
}

interface Asker {
  readonly key: string;
  readonly askedAtMs: number;
  readonly deadlineAtMs: number;
  readonly controller: AbortController;
  answer?: { readonly run: Run } | { readonly error: string } | { readonly left: true };
  answeredAtMs?: number;
}

class Situation {
  readonly time = new FakeTime();
  readonly runs: Run[] = [];
  readonly askers: Asker[] = [];
  readonly flights = new Flights<Run>({
    joinMs: JOIN_MS,
    patienceMs: PATIENCE_MS,
    clock: this.time.clock,
    schedule: this.time.schedule,
  });

  ask(key: string, timeoutMs: number): Asker {
    const controller = new AbortController();
    const askedAtMs = this.time.clock();
    const asker: Asker = { key, askedAtMs, deadlineAtMs: askedAtMs + timeoutMs, controller };
    this.askers.push(asker);
    this.time.schedule(() => controller.abort(new DOMException("time is up", "TimeoutError")), timeoutMs);
    const note = (answer: Asker["answer"]) => {
      asker.answer = answer;
      asker.answeredAtMs = this.time.clock();
    };
    const left = Promise.reject(new Error("left"));
    left.catch(() => undefined);
    this.flights
      .fly(
        // "c" is looked for where "a" is.
        { text: key.slice(0, 1), key: key.startsWith("c") ? "a" : key.slice(0, 1) },
        { authorizationClass: key.slice(1), signal: controller.signal, deadlineAtMs: asker.deadlineAtMs },
        (signal) => this.#run(key, signal),
        () => left,
      )
      .then(
        (run) => note({ run }),
        (error: Error) => note(error.message === "left" ? { left: true } : { error: error.message }),
      );
    return asker;
  }

  #run(key: string, signal: EndSignal): Promise<Run> {
    return new Promise((resolve, reject) => {
      const fail = (message: string) => {
        run.isOpen = false;
        reject(new Error(message));
      };
      const run: Run = {
        key,
        startedAtMs: this.time.clock(),
        signal,
        isOpen: true,
        settle(outcome) {
          run.isOpen = false;
          outcome === "answer" ? resolve(run) : fail("upstream failed");
        },
      };
      this.runs.push(run);
      signal.addEventListener("abort", () => fail(`ended: ${(signal.reason as Error).name}`));
    });
  }
}

describe("Flights", () => {
  it("gives all who ask for the same meanwhile one answer, and asks again afterwards", async () => {
    const situation = new Situation();
    const askers = [situation.ask("a", 1_000), situation.ask("a", 1_000), situation.ask("b", 1_000)];
    situation.runs[0]?.settle("answer");
    await settleAll();
    expect(askers.map(({ answer }) => answer)).toEqual([
      { run: situation.runs[0] },
      { run: situation.runs[0] },
      undefined,
    ]);
    situation.ask("a", 1_000);
    expect(situation.runs.map(({ key }) => key)).toEqual(["a", "b", "a"]);
  });

  it("goes on for the others when the first has gone", async () => {
    const situation = new Situation();
    const [first, second] = [situation.ask("a", 1_000), situation.ask("a", 1_000)];
    first.controller.abort(new DOMException("gone", "AbortError"));
    await settleAll();
    expect(first.answer).toEqual({ left: true });
    expect(situation.runs[0]?.signal.aborted).toBe(false);
    situation.runs[0]?.settle("answer");
    await settleAll();
    expect(second.answer).toEqual({ run: situation.runs[0] });
  });

  it("ends when nobody waits any longer", async () => {
    const situation = new Situation();
    for (const asker of [situation.ask("a", 1_000), situation.ask("a", 1_000)]) {
      asker.controller.abort(new DOMException("gone", "AbortError"));
    }
    expect(situation.runs[0]?.signal.aborted).toBe(true);
    situation.ask("a", 1_000);
    expect(situation.runs).toHaveLength(2);
  });

  it("holds no newcomer when it hangs", async () => {
    const situation = new Situation();
    const old = situation.ask("a", 1_000);
    await situation.time.pass(JOIN_MS);
    const [newcomer, next] = [situation.ask("a", 1_000), situation.ask("a", 1_000)];
    expect(situation.runs).toHaveLength(2);
    situation.runs[1]?.settle("answer");
    await settleAll();
    expect([newcomer.answer, next.answer, old.answer]).toEqual([
      { run: situation.runs[1] },
      { run: situation.runs[1] },
      undefined,
    ]);
  });

  it("tells no time-out to one who has more time than the first", async () => {
    const situation = new Situation();
    const patient = situation.ask("a", 300);
    const hasty = situation.ask("a", 20);
    await situation.time.pass(150);
    expect(hasty.answer).toEqual({ left: true });
    expect(hasty.answeredAtMs).toBe(20 + PATIENCE_MS);
    situation.runs[0]?.settle("answer");
    await settleAll();
    expect(patient.answer).toEqual({ run: situation.runs[0] });
  });

  it("is not joined by one whose deadline is much later than what the run was told", () => {
    const situation = new Situation();
    situation.ask("a", 50);
    situation.ask("a", 50 + JOIN_MS + 1);
    expect(situation.runs).toHaveLength(2);
  });

  it("gives all whose time is up at about the same moment what came of the run", async () => {
    const situation = new Situation();
    const first = situation.ask("a", 1_000);
    await situation.time.pass(PATIENCE_MS - 1);
    const second = situation.ask("a", 1_000);
    await situation.time.pass(2_000);
    expect([first.answer, second.answer]).toEqual([{ error: "ended: TimeoutError" }, { error: "ended: TimeoutError" }]);
    expect(situation.runs).toHaveLength(1);
  });

  it("keeps no failure for those who ask later", async () => {
    const situation = new Situation();
    const [first, second] = [situation.ask("a", 1_000), situation.ask("a", 1_000)];
    situation.runs[0]?.settle("failure");
    await settleAll();
    const third = situation.ask("a", 1_000);
    situation.runs[1]?.settle("answer");
    await settleAll();
    expect([first.answer, second.answer]).toEqual([{ error: "upstream failed" }, { error: "upstream failed" }]);
    expect(third.answer).toEqual({ run: situation.runs[1] });
  });

  it("gives nobody the answer of another class", () => {
    const situation = new Situation();
    for (const key of ["a", "a staff", "a other", "a"]) {
      situation.ask(key, 1_000);
    }
    expect(situation.runs.map(({ key }) => key)).toEqual(["a", "a staff", "a other"]);
  });

  it("keeps what is under way when it forgets classes of which nothing is", async () => {
    const situation = new Situation();
    for (let count = 0; count < 300; count += 1) {
      situation.ask(`a ${count}`, 1_000);
      situation.runs.at(-1)?.settle("answer");
      await settleAll();
    }
    const held = situation.ask("a held", 1_000);
    for (let count = 300; count < 600; count += 1) {
      situation.ask(`a ${count}`, 1_000);
      situation.runs.at(-1)?.settle("answer");
      await settleAll();
    }
    situation.ask("a held", 1_000);
    expect(situation.runs).toHaveLength(601);
    expect(held.answer).toBeUndefined();
  });

  it("gives nobody the answer to another question with the same key", () => {
    const situation = new Situation();
    for (const key of ["a", "c", "c", "a"]) {
      situation.ask(key, 1_000);
    }
    expect(situation.runs.map(({ key }) => key)).toEqual(["a", "c", "a"]);
  });

  it("is not joined after close()", () => {
    const situation = new Situation();
    situation.ask("a", 1_000);
    situation.flights.close();
    situation.ask("a", 1_000);
    expect(situation.runs).toHaveLength(2);
  });

  it("answers everybody as if alone or by his own end, and asks no oftener, whatever happens when", async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant("ask" as const),
          key: fc.constantFrom("a", "b", "c", "a staff"),
          timeoutMs: fc.integer({ min: 1, max: 400 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), index: fc.nat() }) },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant("pass" as const), delayMs: fc.integer({ min: 1, max: 120 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("settle" as const),
          index: fc.nat(),
          outcome: fc.constantFrom("answer" as const, "failure" as const),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const situation = new Situation();
        const { runs, askers, time } = situation;
        for (const each of steps) {
          switch (each.kind) {
            case "ask":
              situation.ask(each.key, each.timeoutMs);
              break;
            case "leave":
              askers[each.index % Math.max(askers.length, 1)]?.controller.abort(new DOMException("gone", "AbortError"));
              break;
            case "pass":
              await time.pass(each.delayMs);
              break;
            case "settle": {
              const open = runs.filter(({ isOpen }) => isOpen);
              open[each.index % Math.max(open.length, 1)]?.settle(each.outcome);
              break;
            }
          }
          await settleAll();
        }
        await time.pass(1_000);
        expect(runs.length).toBeLessThanOrEqual(askers.length);
        expect(runs.every(({ isOpen }) => !isOpen)).toBe(true);
        for (const { key, askedAtMs, deadlineAtMs, controller, answer, answeredAtMs = Number.NaN } of askers) {
          // Nobody is forgotten, and nobody waits longer than his time and a little patience.
          expect(answer).toBeDefined();
          expect(answeredAtMs).toBeLessThanOrEqual(deadlineAtMs + JOIN_MS + PATIENCE_MS);
          if (answer !== undefined && "run" in answer) {
            expect(answer.run.key).toBe(key);
            expect(answer.run.startedAtMs).toBeGreaterThan(askedAtMs - JOIN_MS);
          } else if (answer !== undefined && !("error" in answer && answer.error === "upstream failed")) {
            // His own end, and of its kind: another's is never told.
            expect(controller.signal.aborted).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
