import type { GraphQLScalarType } from "graphql";
import { InvariantViolation } from "../invariant";
import { BigIntScalar } from "./big-int.scalar";
import { CurrencyCodeScalar } from "./currency-code.scalar";
import { DateScalar } from "./date.scalar";
import { DateTimeScalar } from "./date-time.scalar";
import { DecimalScalar } from "./decimal.scalar";
import { DivisionCodeScalar } from "./division-code.scalar";
import { IdempotencyKeyScalar } from "./idempotency-key.scalar";
import { MemberCodeScalar } from "./member-code.scalar";
import { Sha256Scalar } from "./sha256.scalar";
import { UsccScalar } from "./uscc.scalar";

const CASES: [GraphQLScalarType, string[], unknown[]][] = [
  [
    BigIntScalar,
    ["0", "-1", "22000000000", "999999999999999999"],
    ["01", "-0", "1.0", "1e3", "1000000000000000000", 1, ""],
  ],
  [
    DecimalScalar,
    ["0", "12.5", "-0.000001", "123456789012.123456"],
    ["1.0000001", "01", ".5", "1234567890123.123456", 1.5],
  ],
  [DateScalar, ["2024-02-29", "2026-11-01"], ["2026-02-29", "0000-01-01", "2026-13-01", "2026-1-1", "tomorrow", null]],
  [DivisionCodeScalar, ["430225", "430225102222"], ["430225000", "43", 430225]],
  [UsccScalar, ["51430200MJ000000XN"], ["51430200MJ000000XM", "51430200mj000000xn"]],
  [MemberCodeScalar, ["zz-alliance"], ["Zz", "z", "-zz", "z".repeat(32)]],
  [Sha256Scalar, ["a".repeat(64)], ["A".repeat(64), "a".repeat(63)]],
  [CurrencyCodeScalar, ["CNY"], ["cny", "YUAN"]],
  [IdempotencyKeyScalar, ["0123456789abcdef"], ["short", "with space 0123456789"]],
];

describe.each(CASES)("%s", (scalar, good, bad) => {
  it.each(good)("accepts %j both ways", (text) => {
    expect(scalar.parseValue(text)).toBe(text);
    expect(scalar.serialize(text)).toBe(text);
  });

  it.each(bad)("refuses %j without repeating it", (value) => {
    expect(() => scalar.parseValue(value)).toThrow(`Not a ${scalar.name}`);
    expect(() => scalar.serialize(value)).toThrow(InvariantViolation);
  });
});

describe("DateTimeScalar", () => {
  it("keeps milliseconds in UTC", () => {
    const instant = DateTimeScalar.parseValue("2026-11-01T08:00:00.123Z");
    expect(instant).toEqual(new Date("2026-11-01T08:00:00.123Z"));
    expect(DateTimeScalar.serialize(instant)).toBe("2026-11-01T08:00:00.123Z");
  });

  it.each(["2026-11-01", "2026-11-01T08:00:00+08:00", "2026-02-30T00:00:00Z", "2026-11-01T25:00:00Z", 0])(
    "refuses %j",
    (value) => {
      expect(() => DateTimeScalar.parseValue(value)).toThrow("Not a DateTime");
    },
  );
});
