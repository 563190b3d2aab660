import fc from "fast-check";
import { splitByWeights } from "./split-by-weights";

describe("splitByWeights()", () => {
  it("gives parts that sum to the whole, none of them negative", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(fc.nat(10_000_000), weights, (whole, chosen) => {
        const parts = splitByWeights(whole, chosen);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
        expect(parts).toHaveLength(chosen.length);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
