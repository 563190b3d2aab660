import type { ContextFetch } from "./compile-context-fetch";
import type { FlattenPath } from "./entity-places";
import type { RepresentationPrinter } from "./print-representation";
import type { SelectionReader } from "./selection-reader";
import type { TextSelection } from "./text-selection";

/** A plan, compiled once per operation: nothing of it is parsed or searched again when it runs. */
export type ExecutableNode =
  | { readonly kind: "sequence"; readonly nodes: readonly ExecutableNode[] }
  | { readonly kind: "parallel"; readonly nodes: readonly ExecutableNode[] }
  | {
      readonly kind: "condition";
      readonly variable: string;
      readonly whenTrue: ExecutableNode | undefined;
      readonly whenFalse: ExecutableNode | undefined;
    }
  | RootFetch
  | EntityFetch
  | ContextFetch;

/** What both kinds of fetch send. */
export interface FetchOperation {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The request's JSON up to the value of `variables`, printed once for all requests. */
  readonly bodyHead: string;
  readonly variableNames: readonly string[];
  /** A mutation is never sent twice. */
  readonly isMutation: boolean;
}

/** Fields of the root type. */
export interface RootFetch extends FetchOperation {
  readonly kind: "root";
  readonly reader: SelectionReader;
  /** The same, for an answer's text. */
  readonly textSelection: TextSelection;
  /** Where in the data the root type stands: empty, but for a field that returns the root type itself. */
  readonly path: FlattenPath;
}

/** Fields of entities, by their representations. One request, whatever the number of places and entities. */
export interface EntityFetch extends FetchOperation {
  readonly kind: "entities";
  /** In the order of the request's fields. */
  readonly batches: readonly EntityBatch[];
}

/** One `_entities` field of the request. */
export interface EntityBatch {
  readonly responseKey: string;
  readonly representationsVariable: string;
  readonly paths: readonly FlattenPath[];
  readonly representation: RepresentationPrinter;
  readonly reader: SelectionReader;
  /** The same, for an answer's text. */
  readonly textSelection: TextSelection;
}
