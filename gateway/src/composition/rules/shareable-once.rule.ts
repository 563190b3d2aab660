import { createSubgraphRule } from "../subgraph-rule";

/**
 * `@shareable` stands once on a field and once on each declaration of a type: it is repeatable only so that a type and its
 * extensions may both have it (Federation specification v2.2, `@shareable`).
 */
export const checkShareableOnce = createSubgraphRule((subgraph) =>
  [...subgraph.types.values()].flatMap((type) => {
    const places = [
      ...type.declarations.map((node) => ({ node, coordinate: type.name })),
      ...[...type.fields.values()].map((node) => ({ node, coordinate: `${type.name}.${node.name.value}` })),
    ];
    return places
      .filter(({ node }) => subgraph.uses(node, "shareable").length > 1)
      .map(({ coordinate }) => ({
        code: "INVALID_SHAREABLE_USAGE",
        message: `[${subgraph.name}] "${coordinate}" is marked @shareable more than once in one place.`,
      }));
  }),
);
