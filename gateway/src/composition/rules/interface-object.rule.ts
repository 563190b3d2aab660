import type { ComposedGraph, RuleError } from "../composition-rule";
import { remember } from "../remember";
import type { SubgraphSchema } from "../subgraph-schema";

/**
 * A subgraph that knows an interface as an `@interfaceObject` knows none of its types: it could answer for one of them in
 * two ways (Federation documentation, "Entity interfaces": a subgraph with the `@interfaceObject` must not define an implementing type).
 */
export function checkInterfaceObject({ subgraphs }: ComposedGraph): RuleError[] {
  const implementers = findImplementers(subgraphs);
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()]
      .filter((type) => subgraph.has(type, "interfaceObject"))
      .flatMap(({ name }) =>
        [...(implementers.get(name) ?? [])]
          .filter((typeName) => subgraph.types.has(typeName))
          .map((typeName) => ({
            code: "INTERFACE_OBJECT_USAGE_ERROR",
            message: `[${subgraph.name}] "${name}" is an @interfaceObject here, so its type "${typeName}" cannot be defined here too.`,
          })),
      ),
  );
}

/** Interface -> names of the object types that implement it in some subgraph. */
export const findImplementers = remember(
  (subgraphs: readonly SubgraphSchema[]): ReadonlyMap<string, ReadonlySet<string>> => {
    const implementers = new Map<string, Set<string>>();
    for (const subgraph of subgraphs) {
      for (const type of subgraph.types.values()) {
        for (const name of type.kind === "object" ? type.interfaces : []) {
          implementers.set(name, (implementers.get(name) ?? new Set()).add(type.name));
        }
      }
    }
    return implementers;
  },
);
