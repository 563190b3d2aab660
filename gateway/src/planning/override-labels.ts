import {
  type DocumentNode,
  type FieldDefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import { findDirectives, readStringArgument } from "../composition/supergraph-directives";

/** A label that an operator switches on; `percent(n)` is none. Federation specification v2.7, `@override`. */
const OWN_LABEL = /^[a-z][a-z0-9_\-:./]*$/i;
const PERCENT_LABEL = /^percent\((\d+(?:\.\d+)?)\)$/;

/** Arguments of `@join__type` and `@join__field` that name fields which a plan may ask for beside those of the operation. */
const FIELD_SETS = ["key", "requires", "provides"] as const;

export function isOverrideLabel(text: string): boolean {
  return OWN_LABEL.test(text);
}

/**
 * The labels of a supergraph's `@override(label:)`. `percent(n)` is active for a request whose percentage, drawn from 0 to
 * 100, is less than n; any other label is active when the operator says so.
 */
export class OverrideLabels {
  /** Labels that the operator switches and the supergraph has. */
  readonly known: ReadonlySet<string>;
  /** Field name -> percentages at which a subgraph takes a field of that name over. */
  readonly #percentages = new Map<string, Set<number>>();
  readonly #inFieldSets: ReadonlySet<number>;

  constructor(supergraph: DocumentNode) {
    const known = new Set<string>();
    const texts: string[] = [];
    for (const definition of supergraph.definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
        continue;
      }
      const fields = definition.fields ?? [];
      for (const use of [
        ...findDirectives(definition, "join__type"),
        ...fields.flatMap((field) => findDirectives(field, "join__field")),
      ]) {
        texts.push(...FIELD_SETS.map((name) => readStringArgument(use, name) ?? ""));
      }
      for (const field of fields) {
        for (const label of findLabels(field)) {
          const percentage = PERCENT_LABEL.exec(label)?.[1];
          if (percentage === undefined) {
            known.add(label);
          } else {
            this.#percentages.set(
              field.name.value,
              (this.#percentages.get(field.name.value) ?? new Set()).add(Number(percentage)),
            );
          }
        }
      }
    }
    this.known = known;
    const named = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
    this.#inFieldSets = new Set([...named].flatMap((name) => [...(this.#percentages.get(name) ?? [])]));
  }

  /**
   * The percentages that can make a difference to an operation's plan, ascending: those of its fields, by name whatever the type,
   * and those of fields that keys and `@requires` name.
   */
  findPercentages(
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ): readonly number[] {
    if (this.#percentages.size === 0) {
      return [];
    }
    const found = new Set(this.#inFieldSets);
    for (const node of [operation, ...fragments.values()]) {
      visit(node, {
        Field: ({ name }) => {
          for (const percentage of this.#percentages.get(name.value) ?? []) {
            found.add(percentage);
          }
        },
      });
    }
    return [...found].toSorted((left, right) => left - right);
  }
}

/** One percentage for all that have the same labels active, so that their plan is made once: the largest one reached, or 0. */
export function roundPercentage(percentage: number, percentages: readonly number[]): number {
  return percentages.findLast((reached) => reached <= percentage) ?? 0;
}

function findLabels(field: FieldDefinitionNode): string[] {
  return findDirectives(field, "join__field").flatMap((use) => readStringArgument(use, "overrideLabel") ?? []);
}
