import { type GraphQLCompositeType, isObjectType, Kind, print, type SelectionNode } from "graphql";
import type { FlattenStepNode } from "../plan-node";

/**
 * One selection set of an operation while it is written anew: what its type is, where its object stands, and what is asked
 * for besides what the client selected. Fragments on an object have scopes of their own; `above` is the object's.
 */
export class SelectionScope {
  readonly #added = new Map<string, SelectionNode>();

  constructor(
    /** As narrow as the fragments around make it. */
    readonly type: GraphQLCompositeType,
    /** Of the object that has this one as a field; undefined for the root. */
    readonly above: SelectionScope | undefined,
    readonly path: readonly FlattenStepNode[],
    /** Contextual fields above. */
    readonly depth: number,
  ) {}

  /** Whether the object is of this type whatever it is: then no other type's fragments stand beside its selections. */
  get isCertain(): boolean {
    const last = this.path.at(-1);
    return isObjectType(this.type) && (last === undefined || last === "@" || "Field" in last);
  }

  /** The same object, as one of this type. */
  narrowTo(type: GraphQLCompositeType): SelectionScope {
    const path = type === this.type ? this.path : [...this.path, { TypeCondition: [type.name] }];
    return new SelectionScope(type, this.above, path, this.depth);
  }

  /** The object in one of its fields. */
  enter(type: GraphQLCompositeType, planKey: string, isList: boolean, depth: number): SelectionScope {
    const steps: FlattenStepNode[] = isList ? [{ Field: planKey }, "@"] : [{ Field: planKey }];
    return new SelectionScope(type, this, [...this.path, ...steps], depth);
  }

  add(selection: SelectionNode): void {
    this.#added.set(print(selection), selection);
  }

  /** Selections of the client, and what was added while everything below was written. */
  addTo(selections: readonly SelectionNode[]): SelectionNode[] {
    const isTyped = selections.some((node) => node.kind === Kind.FIELD && node.name.value === "__typename");
    const added = [...this.#added].filter(([text]) => !(isTyped && text === "__typename"));
    return [...selections, ...added.map(([, selection]) => selection)];
  }
}
