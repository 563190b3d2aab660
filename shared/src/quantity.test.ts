import fc from "fast-check";
import { millionthsOf, quantityOf } from "./quantity";

describe("quantityOf()", () => {
  it("prints no trailing zeros and keeps the sign", () => {
    expect([12_500_000n, 0n, 1n, -500_000n, 3_000_000n].map(quantityOf)).toEqual([
      "12.5",
      "0",
      "0.000001",
      "-0.5",
      "3",
    ]);
  });

  it("is the inverse of millionthsOf()", () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 18n), 10n ** 18n),
        (millionths) => millionthsOf(quantityOf(millionths)) === millionths,
      ),
    );
  });
});

describe("millionthsOf()", () => {
  it("reads what PostgreSQL prints", () => {
    expect(["7.000000", "0.100000", "999999999999.999999"].map(millionthsOf)).toEqual([
      7_000_000n,
      100_000n,
      999_999_999_999_999_999n,
    ]);
  });
});
