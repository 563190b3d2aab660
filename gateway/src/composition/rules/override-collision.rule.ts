import type { ComposedGraph, RuleError } from "../composition-rule";
import { findOverrides } from "../overrides";
import type { SubgraphSchema } from "../subgraph-schema";

/**
 * `@override` takes over a plain field. Not one that the other subgraph computes (`@requires`) or that says what it brings
 * along (`@provides`), and not a field of an `@interfaceObject` (Federation documentation, "@override").
 */
export function checkOverrideCollision({ subgraphs }: ComposedGraph): RuleError[] {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return subgraphs.flatMap((subgraph) =>
    findOverrides(subgraph).flatMap(({ type, field, from }): RuleError[] => {
      const coordinate = `${type.name}.${field.name.value}`;
      if (subgraph.has(type, "interfaceObject")) {
        const message = `[${subgraph.name}] @override cannot be used on "${coordinate}", a field of an @interfaceObject.`;
        return [{ code: "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE", message }];
      }
      return describeCollision(subgraph, byName.get(from), type.name, field.name.value);
    }),
  );
}

function describeCollision(
  subgraph: SubgraphSchema,
  source: SubgraphSchema | undefined,
  typeName: string,
  fieldName: string,
): RuleError[] {
  const overridden = source?.types.get(typeName)?.fields.get(fieldName);
  const directive = (["requires", "provides"] as const).find((name) => source?.has(overridden, name));
  if (source === undefined || directive === undefined) {
    return [];
  }
  const message = `[${subgraph.name}] @override cannot take over "${typeName}.${fieldName}" from "${source.name}", where it is marked @${directive}.`;
  return [{ code: "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE", message }];
}
