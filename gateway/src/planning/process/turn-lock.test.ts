import * as fc from "fast-check";
import { TurnLock } from "./turn-lock";

describe("TurnLock", () => {
  it("runs a task alone when it should be, and each one once, in any order of arrival and of failure", async () => {
    const task = fc.record({ isAlone: fc.boolean(), fails: fc.boolean(), ticks: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(task, { maxLength: 12 }), fc.scheduler(), async (tasks, scheduler) => {
        const lock = new TurnLock();
        const running = new Set<number>();
        const broken: string[] = [];
        let alone: number | undefined;
        const outcomes = tasks.map(({ isAlone, fails, ticks }, index) => {
          const work = async (): Promise<number> => {
            if (alone !== undefined || (isAlone && running.size > 0)) {
              broken.push(`${index} beside ${alone ?? [...running].join()}`);
            }
            running.add(index);
            alone = isAlone ? index : undefined;
            for (let tick = 0; tick < ticks; tick += 1) {
              await scheduler.schedule(Promise.resolve());
            }
            running.delete(index);
            alone = undefined;
            if (fails) {
              throw new Error(`task ${index}`);
            }
            return index;
          };
          return isAlone ? lock.runAlone(work) : lock.runBesideOthers(work);
        });
        const settled = Promise.allSettled(outcomes);
        await scheduler.waitFor(settled);
        expect(broken).toEqual([]);
        expect((await settled).map(({ status }) => status === "rejected")).toEqual(tasks.map(({ fails }) => fails));
      }),
    );
  });
});
