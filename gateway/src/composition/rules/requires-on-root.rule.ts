import { Kind } from "graphql";
import { createSubgraphRule } from "../subgraph-rule";

/** A root type has no key, so nobody can come back to it with what one of its fields requires. */
export const checkRequiresOnRoot = createSubgraphRule((subgraph) => {
  const named = subgraph.document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.operationTypes?.map(({ type }) => type.name.value) ?? [])
      : [],
  );
  return [...new Set([...named, "Query", "Mutation", "Subscription"])].flatMap((typeName) =>
    [...(subgraph.types.get(typeName)?.fields.values() ?? [])]
      .filter((field) => subgraph.has(field, "requires"))
      .map((field) => ({
        code: "SATISFIABILITY_ERROR",
        message: `[${subgraph.name}] "${typeName}.${field.name.value}" is a root field and cannot require others: its type has no key.`,
      })),
  );
});
