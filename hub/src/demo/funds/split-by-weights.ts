import { invariant } from "@alliance-hub/shared/invariant";

/** Whole parts of a whole number, in proportion to weights of at least 1; the first part takes what rounding leaves. */
export function splitByWeights(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  invariant(sum > 0, "something to split by");
  const parts = weights.map((weight) => Math.floor((whole * weight) / sum));
  const rest = whole - parts.reduce((total, part) => total + part, 0);
  return parts.map((part, index) => (index === 0 ? part + rest : part));
}
