/** Subgraphs as bits: bit n is the n-th value of `join__Graph`. */
export type GraphSet = bigint;

export const NO_GRAPHS: GraphSet = 0n;

/** A field set of a key or of `@requires`. */
export interface FieldSelection {
  /** The same for equal selections, in whatever order and spacing they were written. */
  readonly text: string;
  readonly fields: readonly SelectedField[];
  /** Whether it has fragments, directives or arguments, which nothing is concluded from. */
  readonly isOpaque: boolean;
}

export interface SelectedField {
  readonly name: string;
  readonly selection?: FieldSelection;
}

export interface EntityKey {
  readonly selection: FieldSelection;
  /** Where the type can be entered by this key. */
  readonly targets: GraphSet;
}

export interface FieldModel {
  readonly name: string;
  /** Named type, without list and non-null. */
  readonly typeName: string;
  /** Inaccessible fields cannot be asked for, but keys and `@requires` may use them. */
  readonly isInaccessible: boolean;
  /** Defined, resolvable, and needing nothing else: no `@external`, `@requires`, `@override`. */
  readonly plainHolders: GraphSet;
  /** Marked `@external`: resolved here at most where `@provides` says so. */
  readonly externalHolders: GraphSet;
  /** Overridden, always or for some requests. */
  readonly overriddenHolders: GraphSet;
  /** Subgraphs that resolve it when the selection is there. */
  readonly requirements: readonly { readonly graphs: GraphSet; readonly selection: FieldSelection }[];
  /** Subgraphs that take the field over for the requests of a label. */
  readonly labelledHolders: GraphSet;
}

export interface ObjectModel {
  readonly kind: "object";
  readonly name: string;
  readonly graphs: GraphSet;
  readonly keys: readonly EntityKey[];
  readonly fields: ReadonlyMap<string, FieldModel>;
}

/** An interface or union: a value is of one of the members that the subgraph at hand knows. */
export interface AbstractModel {
  readonly kind: "abstract";
  readonly name: string;
  readonly graphs: GraphSet;
  /** Interface with a key: its values can be looked up in other subgraphs. */
  readonly isEntity: boolean;
  readonly members: ReadonlyMap<string, GraphSet>;
}

export interface SatisfiabilityModel {
  /** Names of the subgraphs; the index is the bit. */
  readonly graphNames: readonly string[];
  /** Subgraphs in which any field has `@provides`. */
  readonly providers: GraphSet;
  readonly types: ReadonlyMap<string, ObjectModel | AbstractModel>;
}

export function graphBit(index: number): GraphSet {
  return 1n << BigInt(index);
}

/** The single-bit sets of a set, lowest first. */
export function splitGraphs(graphs: GraphSet): GraphSet[] {
  const bits: GraphSet[] = [];
  // Hexadecimal digits, because shifting a long number bit by bit costs its length each time.
  const digits = graphs.toString(16);
  for (let position = 0; position < digits.length; position++) {
    const digit = Number.parseInt(digits.charAt(digits.length - 1 - position), 16);
    for (let offset = 0; offset < 4; offset++) {
      if ((digit & (1 << offset)) !== 0) {
        bits.push(graphBit(position * 4 + offset));
      }
    }
  }
  return bits;
}

/** Subgraphs of a type from which its keys lead to the same others. */
export interface ReachClass {
  readonly graphs: GraphSet;
  /** Where the keys lead to; the subgraph where an object is counts as reached besides. */
  readonly reached: GraphSet;
}

/** Those of a class from which at least one of the targets is reached. */
export function selectReaching({ graphs, reached }: ReachClass, targets: GraphSet): GraphSet {
  return (reached & targets) === NO_GRAPHS ? graphs & targets : graphs;
}

/** What is reached from any of the given subgraphs. */
export function reachFromAny(classes: readonly ReachClass[], from: GraphSet): GraphSet {
  return classes.reduce((all, { graphs, reached }) => ((graphs & from) === NO_GRAPHS ? all : all | reached), from);
}
