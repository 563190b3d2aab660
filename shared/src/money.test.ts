import fc from "fast-check";
import { makeMoney, splitMoney, sumMoney, valueOfQuantity } from "./money";

const fen = fc.bigInt({ min: 0n, max: 10n ** 17n });

describe("splitMoney()", () => {
  it("gives parts that sum to the whole, to one fen (INV-30)", () => {
    const shares = fc
      .array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 3 })
      .map((some) => [...some, 10_000 - some.reduce((sum, share) => sum + share, 0)]);
    fc.assert(
      fc.property(fen, shares, (whole, sharesBp) => {
        const parts = splitMoney(makeMoney(whole), sharesBp);
        expect(sumMoney(parts)).toEqual(makeMoney(whole));
        for (const part of parts) {
          expect(BigInt(part.amountMinor)).toBeGreaterThanOrEqual(0n);
        }
      }),
    );
  });

  it("gives the remainder to the first of the largest parts", () => {
    expect(splitMoney(makeMoney(100n), [3_333, 3_333, 3_334]).map((part) => part.amountMinor)).toEqual([
      "33",
      "33",
      "34",
    ]);
    expect(splitMoney(makeMoney(1n), [5_000, 5_000]).map((part) => part.amountMinor)).toEqual(["1", "0"]);
  });

  it("refuses shares that do not sum to the whole", () => {
    expect(() => splitMoney(makeMoney(1n), [9_999])).toThrow("10 000");
  });
});

describe("valueOfQuantity()", () => {
  it("rounds down to the fen and is exact above 2^53", () => {
    expect(valueOfQuantity("0.000001", makeMoney(999_999n)).amountMinor).toBe("0");
    expect(valueOfQuantity("1.5", makeMoney(333n)).amountMinor).toBe("499");
    expect(valueOfQuantity("3", makeMoney(30_000_000_000_000_001n)).amountMinor).toBe("90000000000000003");
  });
});

describe("sumMoney()", () => {
  it("refuses to add two currencies", () => {
    expect(() => sumMoney([makeMoney(1n, "CNY"), makeMoney(1n, "USD")])).toThrow("currencies");
  });
});
