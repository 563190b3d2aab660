import {
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  valueFromAST,
} from "graphql";
import { buildPublicSchema } from "../../planning/public-schema";
import type { ComposedGraph, RuleError } from "../composition-rule";

/**
 * What clients see is a schema by itself (GraphQL specification 3.3): all that subgraphs and `@inaccessible` leave of it
 * is checked here, before a gateway would refuse to start with it. Default values must be values of their types, also
 * where a merged enum or input type has lost some of them (3.6.1, 3.10).
 */
export function checkPublicSchema({ supergraph }: ComposedGraph): RuleError[] {
  let schema: GraphQLSchema;
  try {
    schema = buildPublicSchema(supergraph);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ code: "INVALID_GRAPHQL", message: `The graph is not a valid schema: ${message}` }];
  }
  return findDefaults(schema)
    .filter(({ input }) => {
      const node = input.astNode?.defaultValue;
      return node !== undefined && valueFromAST(node, input.type) === undefined;
    })
    .map(({ coordinate, input }) => ({
      code: "INVALID_GRAPHQL",
      message: `The default value of "${coordinate}" is no value of ${input.type} in the graph.`,
    }));
}

function findDefaults(
  schema: GraphQLSchema,
): { readonly coordinate: string; readonly input: Pick<GraphQLInputField, "type" | "astNode"> }[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith("__")) {
      return [];
    }
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).map((input) => ({ coordinate: `${type.name}.${input.name}`, input }));
    }
    return isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args.map((input) => ({ coordinate: `${type.name}.${field.name}(${input.name}:)`, input })),
        )
      : [];
  });
}
