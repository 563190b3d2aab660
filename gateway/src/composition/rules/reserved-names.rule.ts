import type { RuleError } from "../composition-rule";
import { createSubgraphRule } from "../subgraph-rule";

const BUILT_IN_SCALARS = new Set(["Int", "Float", "String", "Boolean", "ID"]);

/** Prefixes of the names that a supergraph's own machinery has (join specification v0.3; link specification v1.0). */
const MACHINERY = /^(join|link|core)__/;

/**
 * A subgraph cannot define or extend what belongs to GraphQL (specification 3.5: built-in scalars) or to the supergraph:
 * a type of its own named `join__Graph` would stand in place of the list of subgraphs.
 */
export const checkReservedNames = createSubgraphRule((subgraph) =>
  [...subgraph.types.values()].flatMap(({ name, declarations }): RuleError[] => {
    if (BUILT_IN_SCALARS.has(name) && declarations.some((node) => (node.directives ?? []).length > 0)) {
      return [
        { code: "INVALID_GRAPHQL", message: `[${subgraph.name}] The built-in scalar "${name}" cannot be changed.` },
      ];
    }
    // Subgraphs may define what they link, such as `link__Import`; those are never join__.
    return MACHINERY.test(name) && !(name === "link__Import" || name === "link__Purpose" || name === "core__Purpose")
      ? [{ code: "RESERVED_NAME", message: `[${subgraph.name}] The name "${name}" is reserved for the supergraph.` }]
      : [];
  }),
);
