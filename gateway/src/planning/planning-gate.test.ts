import { PlanningGate } from "./planning-gate";
import { RequestRefused } from "./request-refused";

const createGate = (bounds: Partial<PlanningGate["bounds"]> = {}) =>
  new PlanningGate({ maxConcurrent: 2, maxWaiting: 3, timeLimitMs: 60_000, ...bounds });

/** Plans that are made when the test says so. */
function createMaker() {
  const open: ((outcome: "made" | "failed") => void)[] = [];
  const make = () =>
    new Promise<string>((resolve, reject) => {
      open.push((outcome) => (outcome === "made" ? resolve("plan") : reject(new Error("no plan"))));
    });
  return { open, make };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("PlanningGate", () => {
  it("makes so many plans at once, and the others in the order in which they came", async () => {
    const gate = createGate();
    const { open, make } = createMaker();
    const ended: number[] = [];
    const all = [0, 1, 2, 3, 4].map((index) => gate.run(make).then(() => ended.push(index)));
    await settle();
    expect(open).toHaveLength(2);
    open[0]?.("made");
    await settle();
    expect(open).toHaveLength(3);
    for (let index = 1; index < 5; index += 1) {
      open[index]?.("made");
      await settle();
    }
    await Promise.all(all);
    expect(ended).toEqual([0, 1, 2, 3, 4]);
  });

  it("lets as many wait as it is told, and refuses one more", async () => {
    const gate = createGate();
    const { open, make } = createMaker();
    const accepted = [1, 2, 3, 4, 5].map(() => gate.run(make));
    await expect(gate.run(make)).rejects.toMatchObject({ errors: [{ code: "RATE_LIMITED" }] });
    for (let index = 0; index < 5; index += 1) {
      await settle();
      open[index]?.("made");
    }
    expect(await Promise.all(accepted)).toHaveLength(5);
    const later = gate.run(make);
    await settle();
    open[5]?.("made");
    expect(await later).toBe("plan");
  });

  it("gives the turn on when a plan fails", async () => {
    const gate = createGate({ maxConcurrent: 1 });
    const { open, make } = createMaker();
    const [first, second] = [gate.run(make), gate.run(make)];
    open[0]?.("failed");
    await expect(first).rejects.toThrow("no plan");
    open[1]?.("made");
    expect(await second).toBe("plan");
    await expect(gate.run(async () => "third")).resolves.toBe("third");
  });

  it("tells who waits for too long, and keeps the plan for who comes later", async () => {
    const gate = createGate({ timeLimitMs: 5 });
    const { open, make } = createMaker();
    const plan = gate.run(make);
    const refusal = await gate.awaitPlan(plan).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequestRefused);
    expect(refusal).toMatchObject({ errors: [{ code: "LIMIT_EXCEEDED", extensions: { limit: "planningTime" } }] });
    open[0]?.("made");
    expect(await gate.awaitPlan(plan)).toBe("plan");
  });

  it("passes a plan's own failure on", async () => {
    await expect(createGate().awaitPlan(Promise.reject(new Error("no plan")))).rejects.toThrow("no plan");
  });
});
