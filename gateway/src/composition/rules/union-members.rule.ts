import { createSubgraphRule } from "../subgraph-rule";

/** A union has each of its members once (GraphQL specification 3.8), in a definition and its extensions together. */
export const checkUnionMembers = createSubgraphRule((subgraph) =>
  [...subgraph.types.values()]
    .filter(({ kind }) => kind === "union")
    .flatMap(({ name, members }) =>
      [...new Set(members.filter((member, index) => members.indexOf(member) !== index))].map((member) => ({
        code: "INVALID_GRAPHQL",
        message: `[${subgraph.name}] The union "${name}" has its member "${member}" more than once.`,
      })),
    ),
);
