import fc from "fast-check";
import {
  addSaturating,
  type CostFormula,
  clamp,
  evaluateFormula,
  multiplySaturating,
  productOf,
  sumOf,
} from "./cost-formula";

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** A sum or product of sums and products, with what it is worth in numbers without end. */
interface Sample {
  readonly formula: CostFormula;
  readonly exact: bigint;
}

function sampleArbitrary(): fc.Arbitrary<Sample> {
  const number = fc.oneof(fc.nat(3), fc.nat(2 ** 31 - 1), fc.maxSafeNat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));
  const leaf = fc.tuple(number, fc.boolean()).map(([value, isVariable]): Sample => {
    return { formula: isVariable ? () => value : value, exact: BigInt(value) };
  });
  return fc.letrec<{ sample: Sample }>((tie) => ({
    sample: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      fc.array(tie("sample"), { maxLength: 4 }).map((parts) => ({
        formula: sumOf(parts.map(({ formula }) => formula)),
        exact: parts.reduce((sum, { exact }) => sum + exact, 0n),
      })),
      fc.tuple(tie("sample"), tie("sample")).map(([left, right]) => ({
        formula: productOf(left.formula, right.formula),
        exact: left.exact * right.exact,
      })),
    ),
  })).sample;
}

describe("evaluateFormula()", () => {
  it("equals arithmetic without bounds, cut at the largest safe integer", () => {
    fc.assert(
      fc.property(sampleArbitrary(), ({ formula, exact }) => {
        const expected = exact > LARGEST ? LARGEST : exact;
        expect(BigInt(evaluateFormula(formula, {}))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("sumOf()", () => {
  it("is a number when all of its parts are", () => {
    expect(sumOf([1, 2, 3])).toBe(6);
    expect(sumOf([])).toBe(0);
    expect(typeof sumOf([1, () => 2])).toBe("function");
  });
});

describe("clamp()", () => {
  it.each([
    [-1, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [1.2, 2],
    [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
    [Number.NaN, Number.MAX_SAFE_INTEGER],
  ])("makes %d the cost %d", (value, expected) => {
    expect(clamp(value)).toBe(expected);
  });
});

describe("multiplySaturating() and addSaturating()", () => {
  it("never leave the safe integers", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (left, right) => {
        expect(Number.isSafeInteger(multiplySaturating(left, right))).toBe(true);
        expect(Number.isSafeInteger(addSaturating(left, right))).toBe(true);
      }),
    );
    expect(multiplySaturating(0, Number.MAX_SAFE_INTEGER)).toBe(0);
  });
});
