import type { DocumentNode } from "graphql";
import { CertainReach } from "./certain-reach";
import { PossibleReach } from "./possible-reach";
import { readSatisfiabilityModel } from "./read-satisfiability-model";
import { findConcreteTypes, findSafeNodes, type SafeNodes } from "./safe-nodes";
import {
  type AbstractModel,
  type FieldModel,
  type GraphSet,
  NO_GRAPHS,
  type ObjectModel,
  type SatisfiabilityModel,
} from "./satisfiability-model";

/** A query that no subgraph can answer to its end. */
export interface UnanswerableField {
  /** Field names from the root; a type condition is written `... on Type`. The last one has no answer. */
  readonly path: readonly string[];
  readonly operation: "query" | "mutation" | "subscription";
  readonly typeName: string;
  readonly fieldName: string;
  /** Subgraphs that the object at hand may have come from. */
  readonly from: readonly string[];
  /** Subgraphs that resolve the field, none of which can be reached. */
  readonly holders: readonly string[];
}

/** `undecided`: neither bound settles it, ask the composition library. */
export type SatisfiabilityVerdict =
  | { readonly kind: "satisfiable" | "undecided" }
  | { readonly kind: "unsatisfiable"; readonly fields: readonly UnanswerableField[] };

/** More situations than this are left to the library; a federation of a thousand members has a few thousand. */
const MAX_SITUATIONS = 100_000;

const ROOTS = { Query: "query", Mutation: "mutation", Subscription: "subscription" } as const;

/**
 * Where a query has got to. The subgraphs that its planner can choose from are at least `certain` and at most
 * `possible`.
 */
interface Situation {
  readonly type: ObjectModel | AbstractModel;
  readonly certain: GraphSet;
  readonly possible: GraphSet;
  /** Whether there is a choice at all: a subgraph may know that no value of this type occurs. */
  readonly isSure: boolean;
  readonly operation: UnanswerableField["operation"];
  readonly path: PathStep | undefined;
}

interface PathStep {
  readonly step: string;
  readonly before: PathStep | undefined;
}

/**
 * Whether every query that the supergraph allows can be answered by its subgraphs. Two bounds are followed side by side: what
 * can be resolved for certain, and what could be at best. Where the first is enough for everything, the answer is yes; where the
 * second is not enough for something, it is no. Work grows with fields times subgraphs; the library's search, with the cube.
 */
export function checkSatisfiability(supergraph: DocumentNode): SatisfiabilityVerdict {
  const model = readSatisfiabilityModel(supergraph);
  return model === undefined ? { kind: "undecided" } : new SituationWalk(model).run();
}

class SituationWalk {
  readonly #model: SatisfiabilityModel;
  readonly #certain: CertainReach;
  readonly #possible: PossibleReach;
  readonly #safe: SafeNodes;
  readonly #concrete: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly #queue: Situation[] = [];
  readonly #unanswerable = new Map<string, UnanswerableField>();
  #isUndecided = false;

  constructor(model: SatisfiabilityModel) {
    this.#model = model;
    this.#certain = new CertainReach(model);
    this.#possible = new PossibleReach(model);
    this.#concrete = findConcreteTypes(model);
    this.#safe = findSafeNodes(model, this.#certain, this.#possible);
  }

  run(): SatisfiabilityVerdict {
    for (const [name, operation] of Object.entries(ROOTS)) {
      const type = this.#model.types.get(name);
      if (type !== undefined) {
        this.#enter({ type, certain: type.graphs, possible: type.graphs, isSure: true, operation, path: undefined });
      }
    }
    // Breadth first, so that the query in a message is the shortest one.
    for (let next = 0; next < this.#queue.length; next++) {
      const situation = this.#queue[next];
      if (situation?.type.kind === "abstract") {
        this.#askForMembers(situation, situation.type);
      } else if (situation?.type.kind === "object") {
        this.#askForFields(situation, situation.type);
      }
    }
    if (this.#unanswerable.size > 0) {
      return { kind: "unsatisfiable", fields: [...this.#unanswerable.values()] };
    }
    return { kind: this.#isUndecided ? "undecided" : "satisfiable" };
  }

  #enter(situation: Situation): void {
    const { type, certain, possible, isSure } = situation;
    const safe = this.#safe.get(type.name) ?? NO_GRAPHS;
    const isOneEnough = this.#concrete.has(type.name);
    if ((possible & ~safe) === NO_GRAPHS || (isOneEnough && (certain & safe) !== NO_GRAPHS)) {
      return;
    }
    const id = `${type.name} ${certain.toString(36)} ${possible.toString(36)} ${isSure}`;
    if (this.#seen.has(id)) {
      return;
    }
    if (this.#seen.size >= MAX_SITUATIONS) {
      this.#isUndecided = true;
      return;
    }
    this.#seen.add(id);
    this.#queue.push(situation);
  }

  #askForMembers(situation: Situation, type: AbstractModel): void {
    for (const [name, holders] of type.members) {
      const member = this.#model.types.get(name);
      const direct = situation.possible & holders;
      // A subgraph that knows no such member answers without one: an empty object, no failure.
      if (member === undefined || direct === NO_GRAPHS) {
        continue;
      }
      const certain = situation.certain & holders;
      this.#enter({
        ...situation,
        type: member,
        certain,
        possible: type.isEntity ? holders : direct,
        isSure: situation.isSure && (certain !== NO_GRAPHS || direct === situation.possible),
        path: { step: `... on ${name}`, before: situation.path },
      });
    }
  }

  #askForFields(situation: Situation, type: ObjectModel): void {
    for (const field of type.fields.values()) {
      if (!field.isInaccessible) {
        this.#askForField(situation, type, field);
      }
    }
  }

  #askForField(situation: Situation, type: ObjectModel, field: FieldModel): void {
    const path = { step: field.name, before: situation.path };
    const possible = this.#possible.resolve(type, situation.possible, field);
    if (possible === NO_GRAPHS) {
      if (situation.isSure) {
        this.#report(situation, type, field, path);
      } else {
        this.#isUndecided = true;
      }
      return;
    }
    const sources = this.#certain.findSources(type, field);
    if ((sources & situation.certain) === NO_GRAPHS && (situation.possible & ~sources) !== NO_GRAPHS) {
      this.#isUndecided = true;
    }
    const next = this.#model.types.get(field.typeName);
    if (next !== undefined) {
      const certain = this.#certain.resolve(type, situation.certain, field);
      this.#enter({ ...situation, type: next, certain, possible, isSure: true, path });
    }
  }

  #report(situation: Situation, type: ObjectModel, field: FieldModel, path: PathStep): void {
    const id = `${type.name}.${field.name}`;
    if (!this.#unanswerable.has(id)) {
      this.#unanswerable.set(id, {
        path: listSteps(path),
        operation: situation.operation,
        typeName: type.name,
        fieldName: field.name,
        from: this.#nameGraphs(situation.possible),
        holders: this.#nameGraphs(this.#possible.findHolders(type, field)),
      });
    }
  }

  #nameGraphs(graphs: GraphSet): string[] {
    return this.#model.graphNames.filter((_, index) => (graphs & (1n << BigInt(index))) !== NO_GRAPHS);
  }
}

function listSteps(last: PathStep): string[] {
  const steps: string[] = [];
  for (let step: PathStep | undefined = last; step !== undefined; step = step.before) {
    steps.unshift(step.step);
  }
  return steps;
}
