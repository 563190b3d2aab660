import { businessDateOf } from "@alliance-hub/shared/business-date";
import { invariant } from "@alliance-hub/shared/invariant";

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/** Days and instants counted back from the day on which the demo plays. Business days are those of Asia/Shanghai. */
export class DemoCalendar {
  readonly #midnightMs: number;

  /** @param today business date, `2026-11-01`. @throws InvariantViolation */
  constructor(readonly today: string) {
    this.#midnightMs = Date.parse(`${today}T00:00:00.000+08:00`);
    invariant(Number.isFinite(this.#midnightMs), "today is a date such as 2026-11-01");
  }

  /** The date so many days ago; negative for days to come. */
  dateBefore(days: number): string {
    return businessDateOf(new Date(this.#midnightMs - days * DAY_MS));
  }

  /**
   * An instant so many days ago.
   * @param minute minute of that day in Shanghai; 540 is nine in the morning
   */
  instantBefore(days: number, minute = 540): Date {
    return new Date(this.#midnightMs - days * DAY_MS + minute * MINUTE_MS);
  }
}

/** The instant so many days after another. */
export function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}
