import type { FieldDefinitionNode } from "graphql";
import { remember } from "./remember";
import type { SubgraphSchema, SubgraphType } from "./subgraph-schema";
import { readStringArgument } from "./supergraph-directives";

/** A field that a subgraph takes over from another one. */
export interface Override {
  readonly type: SubgraphType;
  readonly field: FieldDefinitionNode;
  /** Name of the other subgraph; there may be none of that name. */
  readonly from: string;
}

/** The fields with `@override` in a subgraph. */
export const findOverrides = remember((subgraph: SubgraphSchema): readonly Override[] =>
  [...subgraph.types.values()].flatMap((type) =>
    [...type.fields.values()].flatMap((field) =>
      subgraph
        .uses(field, "override")
        .map((directive) => ({ type, field, from: readStringArgument(directive, "from") ?? "" })),
    ),
  ),
);
