import { makeTextScalar } from "./make-text-scalar";

/** A business date of Asia/Shanghai. */
export const DateScalar = makeTextScalar({
  name: "Date",
  description: 'a calendar date of Asia/Shanghai in the form "2026-11-01".',
  specifiedByURL: "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6",
  maxLength: 10,
  accepts: isCalendarDate,
});

function isCalendarDate(text: string): boolean {
  // No calendar has a year 0, and PostgreSQL reads none.
  if (!/^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/.test(text)) {
    return false;
  }
  // The 31st of a month with 30 days rolls over: only a real date comes back unchanged.
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}
