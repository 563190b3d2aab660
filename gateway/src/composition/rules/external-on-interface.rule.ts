import { createSubgraphRule } from "../subgraph-rule";

/**
 * A field of an interface is resolved by nobody, so it is nobody else's either: `@external` on one says nothing
 * (Apollo's composition rule EXTERNAL_ON_INTERFACE). Federation 1 had it, and there it is ignored.
 */
export const checkExternalOnInterface = createSubgraphRule((subgraph) =>
  [...(subgraph.names.isFederation2 ? subgraph.types.values() : [])].flatMap((type) =>
    [...(type.kind === "interface" ? type.fields.values() : [])]
      .filter((field) => subgraph.has(field, "external"))
      .map((field) => ({
        code: "EXTERNAL_ON_INTERFACE",
        message: `[${subgraph.name}] "${type.name}.${field.name.value}" is a field of an interface and cannot be @external.`,
      })),
  ),
);
