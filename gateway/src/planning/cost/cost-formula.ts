/** Coerced variables of one request. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * A cost or a list size: a number where the document alone decides, else a function of the variables. Never negative, and
 * never beyond the integers that a number holds exactly: `first: 2147483647` inside itself five times is still a cost.
 */
export type CostFormula = number | ((variables: Variables) => number);

export function addSaturating(left: number, right: number): number {
  return clamp(left + right);
}

/** 0 times anything is 0. */
export function multiplySaturating(left: number, right: number): number {
  return left === 0 || right === 0 ? 0 : clamp(left * right);
}

/** The nearest whole number from 0 to the largest safe one; what is no number at all counts as the largest. */
export function clamp(value: number): number {
  if (Number.isNaN(value)) {
    return Number.MAX_SAFE_INTEGER;
  }
  return Math.min(Math.max(Math.ceil(value), 0), Number.MAX_SAFE_INTEGER);
}

export function evaluateFormula(formula: CostFormula, variables: Variables): number {
  return typeof formula === "number" ? formula : formula(variables);
}

/** Constants are added up at once, so that most operations cost one number per request. */
export function sumOf(formulas: readonly CostFormula[]): CostFormula {
  let constant = 0;
  const variable: ((variables: Variables) => number)[] = [];
  for (const formula of formulas) {
    if (typeof formula === "number") {
      constant = addSaturating(constant, formula);
    } else {
      variable.push(formula);
    }
  }
  return variable.length === 0
    ? constant
    : (variables) => variable.reduce((sum, formula) => addSaturating(sum, formula(variables)), constant);
}

export function productOf(left: CostFormula, right: CostFormula): CostFormula {
  return typeof left === "number" && typeof right === "number"
    ? multiplySaturating(left, right)
    : (variables) => multiplySaturating(evaluateFormula(left, variables), evaluateFormula(right, variables));
}
