import { FIRST_STATUS, stepNeed } from "@alliance-hub/needs/need/need.lifecycle";
import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";
import fc from "fast-check";
import { DemoCalendar } from "../demo-calendar";
import { RandomStream } from "../random-stream";
import { liveNeed } from "./need-life";

const calendar = new DemoCalendar("2026-11-01");
const lives = fc
  .record({
    seed: fc.string(),
    status: fc.constantFrom(...Object.values(NeedStatus)),
    urgency: fc.constantFrom(...Object.values(Urgency)),
    settledDaysAgo: fc.integer({ min: 1, max: 400 }),
  })
  .map(({ seed, ...options }) => ({
    ...options,
    life: liveNeed({ ...options, calendar }, new RandomStream(seed, "life")),
  }));

describe("liveNeed()", () => {
  it("reaches every state by steps of the state table", () => {
    fc.assert(
      fc.property(lives, ({ status, life }) => {
        const reached = life.steps.reduce((current, { trigger }) => stepNeed(current, trigger), FIRST_STATUS);
        expect(reached).toBe(status);
      }),
    );
  });

  it("lets time go forward only, and never beyond today", () => {
    fc.assert(
      fc.property(lives, ({ life }) => {
        const instants = [life.createdAt, ...life.steps.map(({ at }) => at)].map((at) => at.getTime());
        expect([...instants].sort((left, right) => left - right)).toEqual(instants);
        expect(Math.max(...instants)).toBeLessThan(calendar.instantBefore(0, 0).getTime());
      }),
    );
  });

  it("publishes after the notice, and has no notice when a life is at stake", () => {
    fc.assert(
      fc.property(lives, ({ urgency, life }) => {
        if (urgency === Urgency.LIFE_SAVING) {
          expect(life.noticeEndsAt).toBeNull();
        } else if (life.publishedAt !== null) {
          expect(life.publishedAt.getTime()).toBeGreaterThanOrEqual(life.noticeEndsAt?.getTime() ?? Infinity);
        }
        expect(life.expiresAt === null).toBe(life.publishedAt === null);
      }),
    );
  });
});
