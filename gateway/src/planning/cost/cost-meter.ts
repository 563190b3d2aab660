import type { ValidOperation } from "../planner";
import { RequestRefused } from "../request-refused";
import type { Supergraph } from "../supergraph";
import { type CostModel, compileCost } from "./compile-cost";
import { type CostFormula, evaluateFormula, type Variables } from "./cost-formula";
import { readCostRules } from "./cost-rules";
import { measureSchema } from "./introspection-cost";

/** Room for what pages and tools ask, and for lists of lists of some hundred rows; see the README of the gateway. */
export const DEFAULT_MAX_COST = 50_000;

export interface CostMeter {
  /**
   * The cost of one request, before anything is planned. Compiled once per operation.
   * @param variables coerced
   * @throws RequestRefused LIMIT_EXCEEDED above the limit; BAD_USER_INPUT when a field wants one slicing argument
   */
  measureCost(operation: ValidOperation, variables: Variables): number;
}

export function createCostMeter({ document, publicSchema }: Supergraph, maxCost: number): CostMeter {
  const model: CostModel = {
    schema: publicSchema,
    rules: readCostRules(document),
    introspection: measureSchema(publicSchema),
  };
  const formulas = new WeakMap<ValidOperation, CostFormula>();

  function formulaOf(operation: ValidOperation): CostFormula {
    const known = formulas.get(operation);
    if (known !== undefined) {
      return known;
    }
    const formula = compileCost(operation, model);
    formulas.set(operation, formula);
    return formula;
  }

  return {
    measureCost(operation, variables) {
      const cost = evaluateFormula(formulaOf(operation), variables);
      if (cost > maxCost) {
        throw RequestRefused.because(
          "LIMIT_EXCEEDED",
          `The operation may cost ${cost}, and at most ${maxCost} is allowed: ask for smaller pages, or in parts.`,
          { limit: "cost" },
        );
      }
      return cost;
    },
  };
}
