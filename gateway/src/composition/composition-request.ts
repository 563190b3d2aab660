import type { CompositionOptions, SubgraphDefinition } from "./compose-supergraph";

/** What the composer sends its worker; the answer is a `CompositionOutcome`. */
export interface CompositionRequest {
  readonly subgraphs: readonly SubgraphDefinition[];
  readonly options: CompositionOptions;
}
