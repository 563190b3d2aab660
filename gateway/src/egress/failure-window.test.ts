import fc from "fast-check";
import { FailureWindow } from "./failure-window";

const WINDOW_MS = 1_000;
const BUCKET_MS = 100;

describe("FailureWindow", () => {
  it("counts what a list of all requests of the last ten tenths counts", () => {
    const steps = fc.array(fc.record({ afterMs: fc.nat(450), isFailure: fc.boolean() }), { maxLength: 80 });
    fc.assert(
      fc.property(steps, fc.nat(2_000), fc.integer({ min: -5_000, max: 5_000 }), (requests, lookAfterMs, startMs) => {
        const window = new FailureWindow(WINDOW_MS);
        const all: { stretch: number; isFailure: boolean }[] = [];
        let nowMs = startMs;
        const expectSame = () => {
          const current = Math.floor(nowMs / BUCKET_MS);
          const recent = all.filter(({ stretch }) => stretch > current - 10);
          expect(window.countAt(nowMs)).toEqual({
            requests: recent.length,
            failures: recent.filter(({ isFailure }) => isFailure).length,
          });
        };
        for (const { afterMs, isFailure } of requests) {
          nowMs += afterMs;
          window.record(nowMs, isFailure);
          all.push({ stretch: Math.floor(nowMs / BUCKET_MS), isFailure });
          expectSame();
        }
        nowMs += lookAfterMs;
        expectSame();
      }),
    );
  });
});
