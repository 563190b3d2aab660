import { Kind, type SelectionSetNode } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";
import { namedTypeOf } from "../field-set";
import { remember } from "../remember";
import type { SubgraphSchema } from "../subgraph-schema";

/** One subgraph's way to compute a field. */
interface Computation {
  readonly coordinate: string;
  readonly subgraph: string;
  readonly required: readonly string[];
}

/**
 * A field whose every computation requires, in the end, the field itself is one that nobody can compute. The library
 * follows such a circle until its stack is full, so this rule reads subgraphs before they are composed.
 */
export function checkRequiresCircle({ subgraphs }: Pick<ComposedGraph, "subgraphs">): RuleError[] {
  const found = subgraphs.map(readComputations);
  const open = new Set(found.flatMap(({ computations }) => computations));
  /** Fields that some subgraph resolves without requiring anything. */
  const plain = new Set(open.size > 0 ? found.flatMap(({ plainFields }) => plainFields) : []);
  let hasChanged = open.size > 0;
  const uncomputed = () => new Set([...open].map(({ coordinate }) => coordinate).filter((name) => !plain.has(name)));
  while (hasChanged) {
    hasChanged = false;
    const waiting = uncomputed();
    for (const computation of open) {
      if (computation.required.every((name) => !waiting.has(name))) {
        // One way to compute a field is enough.
        plain.add(computation.coordinate);
        open.delete(computation);
        hasChanged = true;
      }
    }
  }
  return [...open]
    .filter(({ coordinate }) => !plain.has(coordinate))
    .map(({ coordinate, subgraph, required }) => ({
      code: "SATISFIABILITY_ERROR",
      message: `[${subgraph}] "${coordinate}" requires ${required.join(", ")}, which in the end requires "${coordinate}" again: nobody can compute it.`,
    }));
}

const readComputations = remember((subgraph: SubgraphSchema) => {
  const computations: Computation[] = [];
  const plainFields: string[] = [];
  for (const type of subgraph.types.values()) {
    for (const field of type.kind === "object" ? type.fields.values() : []) {
      const coordinate = `${type.name}.${field.name.value}`;
      const [requires] = subgraph.uses(field, "requires");
      const selectionSet = requires && subgraph.readFieldSet(requires);
      if (selectionSet !== undefined) {
        const required = [...new Set(listSelected(subgraph, type.name, selectionSet))];
        computations.push({ coordinate, subgraph: subgraph.name, required });
      } else if (!subgraph.has(field, "external") && !subgraph.has(type, "external")) {
        plainFields.push(coordinate);
      }
    }
  }
  return { computations, plainFields };
});

function listSelected(subgraph: SubgraphSchema, typeName: string, selectionSet: SelectionSetNode): string[] {
  return selectionSet.selections.flatMap((selection): string[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return listSelected(subgraph, selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return [];
    }
    const field = subgraph.types.get(typeName)?.fields.get(selection.name.value);
    const own = `${typeName}.${selection.name.value}`;
    return field === undefined || selection.selectionSet === undefined
      ? [own]
      : [own, ...listSelected(subgraph, namedTypeOf(field.type), selection.selectionSet)];
  });
}
