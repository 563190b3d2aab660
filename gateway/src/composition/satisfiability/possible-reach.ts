import {
  type FieldModel,
  type FieldSelection,
  type GraphSet,
  NO_GRAPHS,
  type ObjectModel,
  type ReachClass,
  reachFromAny,
  type SatisfiabilityModel,
  splitGraphs,
} from "./satisfiability-model";

/**
 * The upper bound: what could be resolved at best. Keys may be gathered from several subgraphs, every `@provides` of a subgraph
 * counts for all of its external fields, and whatever cannot be told (fragments, circular needs) counts as resolvable.
 */
export class PossibleReach {
  readonly #model: SatisfiabilityModel;
  readonly #classes = new Map<ObjectModel, readonly ReachClass[]>();
  readonly #holders = new Map<FieldModel, GraphSet>();

  constructor(model: SatisfiabilityModel) {
    this.#model = model;
  }

  /** All subgraphs that the value of a field could come from, when the object came from one of the given ones. */
  resolve(type: ObjectModel, graphs: GraphSet, field: FieldModel): GraphSet {
    return this.reach(type, graphs) & this.findHolders(type, field);
  }

  /** All subgraphs that could be asked about an object that came from one of the given ones. */
  reach(type: ObjectModel, graphs: GraphSet): GraphSet {
    return reachFromAny(this.classify(type), graphs);
  }

  /** Where a field could be resolved once an object is there. */
  findHolders(type: ObjectModel, field: FieldModel): GraphSet {
    const known = this.#holders.get(field);
    if (known !== undefined) {
      return known;
    }
    let holders =
      field.plainHolders |
      field.overriddenHolders |
      field.labelledHolders |
      (field.externalHolders & this.#model.providers);
    // While its own needs are looked at, a field counts as resolvable wherever it is.
    this.#holders.set(
      field,
      field.requirements.reduce((all, { graphs }) => all | graphs, holders),
    );
    for (const { graphs, selection } of field.requirements) {
      for (const graph of splitGraphs(graphs)) {
        if (this.#canSelect(type, this.reach(type, graph), selection)) {
          holders |= graph;
        }
      }
    }
    this.#holders.set(field, holders);
    return holders;
  }

  classify(type: ObjectModel): readonly ReachClass[] {
    const known = this.#classes.get(type);
    if (known !== undefined) {
      return known;
    }
    // Keys that need each other count as usable.
    const targets = type.keys.reduce((all, key) => all | key.targets, NO_GRAPHS);
    this.#classes.set(type, [{ graphs: type.graphs, reached: targets }]);
    const classes = this.#splitByKeyFields(type).map((graphs) => {
      const [one = NO_GRAPHS] = splitGraphs(graphs);
      return { graphs, reached: this.#followKeys(type, one) };
    });
    this.#classes.set(type, classes);
    return classes;
  }

  /** Subgraphs that have the same fields of keys are alike. */
  #splitByKeyFields(type: ObjectModel): GraphSet[] {
    const keyFields = type.keys.flatMap(({ selection }) => selection.fields);
    if (keyFields.some(({ selection }) => selection !== undefined)) {
      return splitGraphs(type.graphs);
    }
    let sets = [type.graphs];
    for (const { name } of keyFields) {
      const field = type.fields.get(name);
      const holders = field === undefined ? NO_GRAPHS : this.findHolders(type, field);
      sets = sets.flatMap((graphs) => [graphs & holders, graphs & ~holders]).filter((graphs) => graphs !== NO_GRAPHS);
    }
    return sets;
  }

  #followKeys(type: ObjectModel, from: GraphSet): GraphSet {
    let reached = NO_GRAPHS;
    for (let isChanged = true; isChanged; ) {
      isChanged = false;
      for (const { selection, targets } of type.keys) {
        if ((targets & ~reached) !== NO_GRAPHS && this.#canSelect(type, from | reached, selection)) {
          reached |= targets;
          isChanged = true;
        }
      }
    }
    return reached;
  }

  /** @param sources all subgraphs that the fields may be taken from */
  #canSelect(type: ObjectModel, sources: GraphSet, selection: FieldSelection): boolean {
    if (selection.isOpaque) {
      return true;
    }
    return selection.fields.every((selected) => {
      const field = type.fields.get(selected.name);
      if (field === undefined) {
        return true;
      }
      const holders = sources & this.findHolders(type, field);
      const target = this.#model.types.get(field.typeName);
      return (
        holders !== NO_GRAPHS &&
        (selected.selection === undefined ||
          target?.kind !== "object" ||
          this.#canSelect(target, this.reach(target, holders), selected.selection))
      );
    });
  }
}
