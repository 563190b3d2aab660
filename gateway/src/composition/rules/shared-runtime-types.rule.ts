import type { ComposedGraph, RuleError } from "../composition-rule";
import { type FieldResolver, findFieldResolvers } from "../field-resolvers";
import { namedTypeOf } from "../field-set";

/**
 * What several subgraphs resolve is the same value, so its type must be one that all of them know: a union or interface
 * whose object types have nothing in common between two subgraphs can never be the same (Apollo's composition rule
 * SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES). Without the rule a list would be one subgraph's or another's by chance.
 */
export function checkSharedRuntimeTypes({ subgraphs }: ComposedGraph): RuleError[] {
  // Where an interface is an @interfaceObject, its one type stands for all types.
  const interfaceObjects = new Set(
    subgraphs.flatMap((subgraph) =>
      [...subgraph.types.values()].filter((type) => subgraph.has(type, "interfaceObject")).map(({ name }) => name),
    ),
  );
  return [...findFieldResolvers(subgraphs)].flatMap(([coordinate, all]) => {
    const resolvers = all.filter(({ isProvidedOnly }) => !isProvidedOnly);
    const [first, ...others] = resolvers.map(possibleTypesOf);
    if (
      first === undefined ||
      others.length === 0 ||
      resolvers.some(({ field }) => interfaceObjects.has(namedTypeOf(field.type)))
    ) {
      return [];
    }
    const isComposite = [first, ...others].some((types) => types.length > 0);
    if (!isComposite || first.some((name) => others.every((types) => types.includes(name)))) {
      return [];
    }
    const facts = resolvers.map((resolver) => `${possibleTypesOf(resolver).join(", ")} in "${resolver.subgraph.name}"`);
    const message = `Field "${coordinate}" is shared, and no object type is possible in all of its subgraphs: ${facts.join("; ")}.`;
    return [{ code: "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES", message }];
  });
}

function possibleTypesOf({ subgraph, field }: FieldResolver): readonly string[] {
  return subgraph.possibleTypes(namedTypeOf(field.type));
}
