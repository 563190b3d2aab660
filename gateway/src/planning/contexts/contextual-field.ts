import type { SelectionSetNode } from "graphql";

/** An argument that no client gives: its value comes from the nearest object above that sets the context. */
export interface ContextArgument {
  readonly name: string;
  /** As the subgraph declares it: `[String!]`. */
  readonly type: string;
  /** `needs__currency`: a context belongs to the subgraph that names it. */
  readonly context: string;
  /** `{ prop }`, or for several types `{ ... on A { x } ... on B { y } }`. */
  readonly selection: SelectionSetNode;
}

/** A field with arguments from contexts, in at least one of its subgraphs. */
export interface ContextualField {
  readonly typeName: string;
  readonly fieldName: string;
  readonly keyGraph: KeyGraph;
  /** Subgraph name -> what must be filled in when that subgraph is asked. */
  readonly argumentsIn: ReadonlyMap<string, readonly ContextArgument[]>;
}

/**
 * A subgraph that only the planner knows. It has one key of each type with contextual fields, a field that can be asked for
 * wherever such an object stands, so that its key is fetched there, and a root field from which a second plan sets out.
 */
export interface KeyGraph {
  /** Its value of `join__Graph`, and that of the subgraph whose keys it has. */
  readonly graph: string;
  readonly keysOf: string;
  /** What plans call it. */
  readonly subgraph: string;
  readonly markerField: string;
  /** Type name -> root field. */
  readonly entryFields: ReadonlyMap<string, string>;
}
