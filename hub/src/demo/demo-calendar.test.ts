import { businessDateOf } from "@alliance-hub/shared/business-date";
import { DemoCalendar } from "./demo-calendar";

describe("DemoCalendar", () => {
  const calendar = new DemoCalendar("2026-11-01");

  it("counts days back from today across months and leap years", () => {
    expect(calendar.dateBefore(0)).toBe("2026-11-01");
    expect(calendar.dateBefore(1)).toBe("2026-10-31");
    expect(calendar.dateBefore(-61)).toBe("2027-01-01");
    expect(new DemoCalendar("2024-03-01").dateBefore(1)).toBe("2024-02-29");
  });

  it("gives instants of the business day in Shanghai", () => {
    expect(calendar.instantBefore(0, 0).toISOString()).toBe("2026-10-31T16:00:00.000Z");
    expect(calendar.instantBefore(1, 540).toISOString()).toBe("2026-10-31T01:00:00.000Z");
    expect(businessDateOf(calendar.instantBefore(1, 1_439))).toBe("2026-10-31");
  });

  it("refuses what is no day", () => {
    expect(() => new DemoCalendar("yesterday")).toThrow("today is a date");
  });
});
