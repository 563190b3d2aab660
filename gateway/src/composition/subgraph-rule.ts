import type { CompositionRule, RuleError } from "./composition-rule";
import { remember } from "./remember";
import type { SubgraphSchema } from "./subgraph-schema";

/** A rule that looks at each subgraph by itself, and at each of them once, however often it is composed. */
export function createSubgraphRule(findErrors: (subgraph: SubgraphSchema) => RuleError[]): CompositionRule {
  const findOnce = remember(findErrors);
  return ({ subgraphs }) => subgraphs.flatMap(findOnce);
}
