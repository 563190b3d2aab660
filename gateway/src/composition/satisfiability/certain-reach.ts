import {
  type EntityKey,
  type FieldModel,
  type FieldSelection,
  type GraphSet,
  NO_GRAPHS,
  type ObjectModel,
  type ReachClass,
  type SatisfiabilityModel,
  selectReaching,
  splitGraphs,
} from "./satisfiability-model";

/** A selection whose own resolution is under way: the same selection as a key leads nowhere then. */
interface PendingSelection {
  readonly typeName: string;
  readonly text: string;
}

/**
 * The lower bound: what can be resolved for certain, by the simplest of arguments. A key leads on only where all of its
 * fields are at hand in the subgraph itself; `@provides` is not counted on; fields that are shared by label are
 * never counted on to reach others.
 */
export class CertainReach {
  readonly #model: SatisfiabilityModel;
  readonly #classes = new Map<ObjectModel, readonly ReachClass[]>();
  readonly #localKeys = new Map<EntityKey, GraphSet>();
  readonly #holders = new Map<FieldModel, GraphSet>();

  constructor(model: SatisfiabilityModel) {
    this.#model = model;
  }

  /** The subgraphs from which an object's field can be resolved, whichever of them the object came from alone. */
  findSources(type: ObjectModel, field: FieldModel): GraphSet {
    const classes = this.#classify(type);
    const holders = this.#findHolders(type, field);
    let sources = NO_GRAPHS;
    for (const reachClass of classes) {
      sources |= selectReaching(reachClass, holders) | selectLabelled(reachClass, field);
    }
    return sources;
  }

  /**
   * Subgraphs from which the value of a field is there for certain, all of them at once. None may be found although
   * the object came from one of `findSources()`: one that is further away than one key.
   */
  resolve(type: ObjectModel, graphs: GraphSet, field: FieldModel): GraphSet {
    return this.#step(type, graphs) & this.#findHolders(type, field);
  }

  /** Where a field is resolved once an object is there. */
  #findHolders(type: ObjectModel, field: FieldModel): GraphSet {
    const known = this.#holders.get(field);
    if (known !== undefined) {
      return known;
    }
    // Requirements that are looked at already prove nothing: those that go in a circle never hold.
    this.#holders.set(field, field.plainHolders);
    let holders = field.plainHolders;
    for (const { graphs, selection } of field.requirements) {
      const pending = { typeName: type.name, text: selection.text };
      for (const graph of splitGraphs(graphs)) {
        if (this.#canSelect(type, graph, selection, pending)) {
          holders |= graph;
        }
      }
    }
    this.#holders.set(field, holders);
    return holders;
  }

  #canSelect(type: ObjectModel, graph: GraphSet, selection: FieldSelection, pending: PendingSelection): boolean {
    if (selection.isOpaque) {
      return false;
    }
    return selection.fields.every((selected) => {
      const field = type.fields.get(selected.name);
      if (field === undefined) {
        return false;
      }
      const holders = this.#findHolders(type, field);
      const { selection: nested } = selected;
      if (nested === undefined) {
        return (this.#reach(type, graph, pending) & holders) !== NO_GRAPHS;
      }
      const target = this.#model.types.get(field.typeName);
      return (
        target?.kind === "object" &&
        splitGraphs(this.#step(type, graph, pending) & holders).some((from) =>
          this.#canSelect(target, from, nested, pending),
        )
      );
    });
  }

  #classify(type: ObjectModel): readonly ReachClass[] {
    const known = this.#classes.get(type);
    if (known !== undefined) {
      return known;
    }
    let sets = [type.graphs];
    for (const key of type.keys) {
      const local = this.#findLocalKey(type, key);
      sets = sets.flatMap((graphs) => [graphs & local, graphs & ~local]).filter((graphs) => graphs !== NO_GRAPHS);
    }
    const classes = sets.map((graphs) => {
      const [one = NO_GRAPHS] = splitGraphs(graphs);
      return { graphs, reached: this.#findTargets(type, isSingleStep(type) ? one : this.#reach(type, one)) };
    });
    this.#classes.set(type, classes);
    return classes;
  }

  /** Key after key, as far as it goes. */
  #reach(type: ObjectModel, graph: GraphSet, pending?: PendingSelection): GraphSet {
    let reached = this.#step(type, graph, pending);
    for (let previous = graph; !isSingleStep(type) && reached !== previous; ) {
      previous = reached;
      reached = this.#step(type, reached, pending);
    }
    return reached;
  }

  /** The subgraphs themselves, and those that one key leads to. */
  #step(type: ObjectModel, graphs: GraphSet, pending?: PendingSelection): GraphSet {
    return graphs | this.#findTargets(type, graphs, pending);
  }

  #findTargets(type: ObjectModel, graphs: GraphSet, pending?: PendingSelection): GraphSet {
    let targets = NO_GRAPHS;
    for (const key of type.keys) {
      const isPending = pending?.typeName === type.name && pending.text === key.selection.text;
      if (!isPending && (this.#findLocalKey(type, key) & graphs) !== NO_GRAPHS) {
        targets |= key.targets;
      }
    }
    return targets;
  }

  /** Subgraphs that have every field of a key at hand. */
  #findLocalKey(type: ObjectModel, key: EntityKey): GraphSet {
    const known = this.#localKeys.get(key);
    if (known !== undefined) {
      return known;
    }
    const local = this.#findLocalSelection(type, key.selection);
    this.#localKeys.set(key, local);
    return local;
  }

  #findLocalSelection(type: ObjectModel, selection: FieldSelection): GraphSet {
    let graphs = selection.isOpaque ? NO_GRAPHS : type.graphs;
    for (const { name, selection: nested } of selection.fields) {
      const field = type.fields.get(name);
      graphs &= field?.plainHolders ?? NO_GRAPHS;
      if (nested !== undefined) {
        const target = field && this.#model.types.get(field.typeName);
        graphs &= target?.kind === "object" ? this.#findLocalSelection(target, nested) : NO_GRAPHS;
      }
    }
    return graphs;
  }
}

/** With keys that lie inside other objects, the library's search may leave out what is behind a second key. */
function isSingleStep(type: ObjectModel): boolean {
  return type.keys.some(({ selection }) => selection.fields.some((field) => field.selection !== undefined));
}

/** With the label the taker answers, without it the one it takes from: each must be within reach. */
function selectLabelled(reachClass: ReachClass, field: FieldModel): GraphSet {
  if (field.labelledHolders === NO_GRAPHS || splitGraphs(field.labelledHolders).length > 1) {
    return NO_GRAPHS;
  }
  return selectReaching(reachClass, field.labelledHolders) & selectReaching(reachClass, field.overriddenHolders);
}
