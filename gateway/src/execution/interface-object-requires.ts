import { type GraphQLSchema, isInterfaceType } from "graphql";
import type { RequiresNode, RewriteNode } from "../planning/plan-node";

/**
 * What a subgraph must be told of entities that it knows as an `@interfaceObject`: the same of each type of the interface.
 *
 * Where an operation asks for a field of such an interface in fragments on several of its types, the planner keeps only the
 * last of them in what is required, and the field would be null for the others. The subgraph cannot tell the types apart;
 * fields that were not asked for an object's own type are read and not answered.
 */
export function requireOfAllTypes(
  requires: readonly RequiresNode[],
  rewrites: readonly RewriteNode[],
  schema: GraphQLSchema,
): readonly RequiresNode[] {
  const names = new Set(rewrites.flatMap(findInterfaceName));
  const [interfaceName, ...others] = names;
  const [first] = requires;
  if (interfaceName === undefined || others.length > 0 || first?.kind !== "InlineFragment") {
    return requires;
  }
  const type = schema.getType(interfaceName);
  const selections = JSON.stringify(first.selections);
  const isSame = requires.every(
    (required) => required.kind === "InlineFragment" && JSON.stringify(required.selections) === selections,
  );
  return isInterfaceType(type) && isSame ? [{ ...first, typeCondition: interfaceName }] : requires;
}

/** The name by which entities are called to a subgraph that has the interface as an object. */
function findInterfaceName(rewrite: RewriteNode): string[] {
  if (!("ValueSetter" in rewrite)) {
    return [];
  }
  const { path, setValueTo } = rewrite.ValueSetter;
  const last = path.at(-1);
  return last !== undefined && "Key" in last && last.Key === "__typename" ? [setValueTo] : [];
}
