import type { ConstDirectiveNode } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";
import { readBooleanArgument } from "../supergraph-directives";
import { findImplementers } from "./interface-object.rule";

/**
 * A subgraph whose interface has a resolvable key can tell the type of every row of it and find the row: it defines all
 * types that implement the interface anywhere, and each of them has the key, resolvable too (Federation documentation,
 * "Entity interfaces").
 */
export function checkInterfaceKey({ subgraphs }: ComposedGraph): RuleError[] {
  const implementers = findImplementers(subgraphs);
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()]
      .filter((type) => type.kind === "interface" && subgraph.uses(type, "key").some(isResolvable))
      .flatMap(({ name }) => {
        const known = new Set(subgraph.possibleTypes(name));
        const missing = [...(implementers.get(name) ?? [])]
          .filter((typeName) => !known.has(typeName))
          .map((typeName) => ({
            code: "INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE",
            message: `[${subgraph.name}] The interface "${name}" has a resolvable key here, and its type "${typeName}" is missing here.`,
          }));
        const unresolvable = [...known]
          .filter((typeName) => {
            const uses = subgraph.uses(subgraph.types.get(typeName), "key");
            return uses.length > 0 && !uses.some(isResolvable);
          })
          .map((typeName) => ({
            code: "INTERFACE_KEY_NOT_ON_IMPLEMENTATION",
            message: `[${subgraph.name}] The interface "${name}" has a resolvable key, and its type "${typeName}" has none that is resolvable.`,
          }));
        return [...missing, ...unresolvable];
      }),
  );
}

function isResolvable(key: ConstDirectiveNode): boolean {
  return readBooleanArgument(key, "resolvable", true);
}
