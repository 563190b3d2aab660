import type { DocumentNode } from "graphql";
import type { SubgraphSchema } from "./subgraph-schema";

/** What a rule found. `code` is the one that other composers of the federation give to the same fault. */
export interface RuleError {
  readonly message: string;
  readonly code: string;
}

/** A graph that the composition library has accepted. */
export interface ComposedGraph {
  readonly subgraphs: readonly SubgraphSchema[];
  readonly supergraph: DocumentNode;
}

/**
 * One rule that the library lacks or applies to part of the cases. It reads and never changes; it is run only on what
 * the library accepted, so every name it meets is defined.
 */
export type CompositionRule = (graph: ComposedGraph) => RuleError[];
