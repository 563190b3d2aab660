import { GraphQLScalarType, Kind } from "graphql";
import { HubError } from "../hub-error";

const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,3})?Z$/;

/** An instant: a `Date` in the program, `2026-11-01T08:00:00.000Z` on the wire (UTC, milliseconds). */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description: 'an instant in UTC with milliseconds, for example "2026-11-01T08:00:00.000Z".',
  specifiedByURL: "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6",
  serialize: (value) => parseInstant(value).toISOString(),
  parseValue: (value) => parseInstant(value),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
});

function parseInstant(value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return value;
  }
  if (typeof value === "string" && FORM.test(value)) {
    const instant = new Date(value);
    // 2026-02-30 rolls over to March: refuse what does not come back unchanged.
    if (!Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value.slice(0, 19))) {
      return instant;
    }
  }
  throw new HubError("BAD_USER_INPUT", 'Not a DateTime: use UTC such as "2026-11-01T08:00:00.000Z".', {
    fields: ["DateTime"],
  });
}
