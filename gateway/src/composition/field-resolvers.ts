import type { FieldDefinitionNode, SelectionSetNode } from "graphql";
import { Kind } from "graphql";
import { namedTypeOf } from "./field-set";
import { findOverrides } from "./overrides";
import { remember } from "./remember";
import type { SubgraphSchema, SubgraphType } from "./subgraph-schema";

/** A field of an object type in one subgraph that may be asked for it. */
export interface FieldResolver {
  readonly subgraph: SubgraphSchema;
  readonly type: SubgraphType;
  readonly field: FieldDefinitionNode;
  readonly isShareable: boolean;
  /** `@external`, and resolved on the paths that `@provides` it only. */
  readonly isProvidedOnly: boolean;
}

/** Every field of every object type, by coordinate, with the subgraphs that resolve it: not where it is external or overridden. */
export const findFieldResolvers = remember(
  (subgraphs: readonly SubgraphSchema[]): ReadonlyMap<string, readonly FieldResolver[]> => {
    const overridden = findOverridden(subgraphs);
    const resolvers = new Map<string, FieldResolver[]>();
    for (const subgraph of subgraphs) {
      const taken = overridden.get(subgraph.name);
      for (const { coordinate, resolver } of findOwnResolvers(subgraph)) {
        // What is external is not what the override is about: it stays as far as it is provided.
        if (!resolver.isProvidedOnly && taken?.has(coordinate) === true) {
          continue;
        }
        const known = resolvers.get(coordinate);
        if (known === undefined) {
          resolvers.set(coordinate, [resolver]);
        } else {
          known.push(resolver);
        }
      }
    }
    return resolvers;
  },
);

/** What a subgraph resolves when nobody overrides it. */
const findOwnResolvers = remember(
  (subgraph: SubgraphSchema): readonly { readonly coordinate: string; readonly resolver: FieldResolver }[] => {
    const provided = findSelected(subgraph, "provides");
    const keys = findSelected(subgraph, "key");
    return [...subgraph.types.values()].flatMap((type) =>
      [...(type.kind === "object" ? type.fields.values() : [])].flatMap((field) => {
        const coordinate = `${type.name}.${field.name.value}`;
        const isExternal = subgraph.has(field, "external") || subgraph.has(type, "external");
        // An external field of Federation 1, or of an extension, that is a key is the subgraph's own.
        const isProvidedOnly = isExternal && !keys.has(coordinate);
        if (isProvidedOnly && !provided.has(coordinate)) {
          return [];
        }
        const isShareable =
          !subgraph.names.isFederation2 ||
          isExternal ||
          keys.has(coordinate) ||
          subgraph.has(field, "shareable") ||
          subgraph.has(type, "shareable");
        return [{ coordinate, resolver: { subgraph, type, field, isShareable, isProvidedOnly } }];
      }),
    );
  },
);

/** Subgraph -> coordinates that another subgraph overrides. */
function findOverridden(subgraphs: readonly SubgraphSchema[]): ReadonlyMap<string, ReadonlySet<string>> {
  const overridden = new Map<string, Set<string>>();
  for (const { type, field, from } of subgraphs.flatMap(findOverrides)) {
    overridden.set(from, (overridden.get(from) ?? new Set()).add(`${type.name}.${field.name.value}`));
  }
  return overridden;
}

/** Coordinates of all fields that `@key` or `@provides` select in a subgraph. */
function findSelected(subgraph: SubgraphSchema, directive: "key" | "provides"): Set<string> {
  const selected = new Set<string>();
  const visit = (typeName: string, selectionSet: SelectionSetNode) => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
      } else if (selection.kind === Kind.FIELD) {
        // Through an interface or union the field of each possible type is selected.
        for (const owner of new Set([typeName, ...subgraph.possibleTypes(typeName)])) {
          selected.add(`${owner}.${selection.name.value}`);
        }
        const field = subgraph.types.get(typeName)?.fields.get(selection.name.value);
        if (field !== undefined && selection.selectionSet !== undefined) {
          visit(namedTypeOf(field.type), selection.selectionSet);
        }
      }
    }
  };
  for (const type of subgraph.types.values()) {
    const sources =
      directive === "key"
        ? [{ typeName: type.name, uses: subgraph.uses(type, "key") }]
        : [...type.fields.values()].map((field) => ({
            typeName: namedTypeOf(field.type),
            uses: subgraph.uses(field, "provides"),
          }));
    for (const { typeName, uses } of sources) {
      for (const use of uses) {
        const selectionSet = subgraph.readFieldSet(use);
        if (selectionSet !== undefined) {
          visit(typeName, selectionSet);
        }
      }
    }
  }
  return selected;
}
