import fc from "fast-check";
import { SlotQueue } from "./slot-queue";

describe("SlotQueue", () => {
  it("never runs or keeps waiting more than allowed, and lets nobody overtake", () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant("come" as const) }),
      fc.record({ kind: fc.constant("leave" as const) }),
      fc.record({ kind: fc.constant("giveUp" as const), which: fc.nat(20) }),
      fc.record({ kind: fc.constant("clear" as const) }),
    );
    const limits = fc.record({ maxRunning: fc.integer({ min: 1, max: 4 }), maxWaiting: fc.nat(4) });
    fc.assert(
      fc.property(limits, fc.array(event, { maxLength: 150 }), (bounds, events) => {
        const queue = new SlotQueue<number>(bounds);
        let running = 0;
        let waiting: number[] = [];
        events.forEach((step, id) => {
          switch (step.kind) {
            case "come": {
              const isStarted = queue.tryStart();
              expect(isStarted).toBe(running < bounds.maxRunning);
              const waits = !isStarted && queue.tryWait(id);
              expect(waits).toBe(!isStarted && waiting.length < bounds.maxWaiting);
              running += isStarted ? 1 : 0;
              waiting.push(...(waits ? [id] : []));
              break;
            }
            case "leave":
              if (running > 0) {
                const next = waiting.shift();
                expect(queue.leave()).toBe(next);
                running -= next === undefined ? 1 : 0;
              }
              break;
            case "giveUp": {
              const waiter = waiting[step.which % Math.max(1, waiting.length)] ?? -1;
              expect(queue.giveUp(waiter)).toBe(waiting.includes(waiter));
              waiting = waiting.filter((other) => other !== waiter);
              break;
            }
            case "clear":
              expect(queue.clear()).toEqual(waiting);
              waiting = [];
              break;
          }
          expect([queue.running, queue.waiting]).toEqual([running, waiting.length]);
          expect(waiting.length === 0 || running === bounds.maxRunning).toBe(true);
        });
      }),
    );
  });
});
