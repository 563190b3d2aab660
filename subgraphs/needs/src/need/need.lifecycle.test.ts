import { FIRST_STATUS, NEED_STEPS, PUBLIC_STATUSES, stepNeed } from "./need.lifecycle";
import { NeedStatus } from "./need-lists";

const STATUSES = Object.values(NeedStatus);
const TRIGGERS = [...new Set(NEED_STEPS.map((step) => step.trigger))];

describe("NEED_STEPS", () => {
  it("has one step for a state and a trigger", () => {
    const names = NEED_STEPS.map(({ from, trigger }) => `${from} ${trigger}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("reaches every state from the first", () => {
    const reached = new Set<NeedStatus>([FIRST_STATUS]);
    for (const status of reached) {
      for (const step of NEED_STEPS) {
        if (step.from === status) {
          reached.add(step.to);
        }
      }
    }
    expect([...reached].sort()).toEqual([...STATUSES].sort());
  });

  it("leaves no final state", () => {
    const left = new Set(NEED_STEPS.map((step) => step.from));
    expect(STATUSES.filter((status) => !left.has(status)).sort()).toEqual(
      [
        NeedStatus.CLOSED,
        NeedStatus.EXPIRED,
        NeedStatus.MERGED,
        NeedStatus.REJECTED_FALSE,
        NeedStatus.WITHDRAWN,
      ].sort(),
    );
  });

  it("passes all four levels of verification before publication", () => {
    const withoutCity = NEED_STEPS.filter((step) => step.to !== NeedStatus.VERIFIED_CITY);
    expect(withoutCity.some((step) => step.from !== NeedStatus.VERIFIED_CITY && step.trigger === "publishNeed")).toBe(
      false,
    );
    expect(
      [NeedStatus.SUBMITTED, NeedStatus.VERIFIED_VILLAGE, NeedStatus.VERIFIED_TOWNSHIP, NeedStatus.VERIFIED_COUNTY].map(
        (status) => stepNeed(status, "verifyNeed CONFIRM"),
      ),
    ).toEqual([
      NeedStatus.VERIFIED_VILLAGE,
      NeedStatus.VERIFIED_TOWNSHIP,
      NeedStatus.VERIFIED_COUNTY,
      NeedStatus.VERIFIED_CITY,
    ]);
  });

  it("shows to the public what has been published and not taken back", () => {
    const fromPublication = new Set<NeedStatus>([NeedStatus.PUBLISHED]);
    for (const status of fromPublication) {
      for (const step of NEED_STEPS) {
        if (step.from === status) {
          fromPublication.add(step.to);
        }
      }
    }
    const takenBack: NeedStatus[] = [NeedStatus.WITHDRAWN, NeedStatus.MERGED, NeedStatus.REJECTED_FALSE];
    expect([...fromPublication].filter((status) => !takenBack.includes(status)).sort()).toEqual(
      [...PUBLIC_STATUSES].sort(),
    );
  });
});

describe("stepNeed()", () => {
  it.each(STATUSES.flatMap((status) => TRIGGERS.map((trigger) => [status, trigger] as const)))(
    "takes %s by %s where the table says so, and nowhere else",
    (status, trigger) => {
      const step = NEED_STEPS.find((candidate) => candidate.from === status && candidate.trigger === trigger);
      if (step !== undefined) {
        expect(stepNeed(status, trigger)).toBe(step.to);
        return;
      }
      const refusal = (() => {
        try {
          return stepNeed(status, trigger);
        } catch (error) {
          return error;
        }
      })();
      expect(refusal).toMatchObject({
        code: "ILLEGAL_TRANSITION",
        extensions: { state: status, mutation: trigger.split(" ")[0] },
      });
    },
  );
});
