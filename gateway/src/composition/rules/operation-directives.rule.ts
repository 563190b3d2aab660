import { type DirectiveDefinitionNode, Kind } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";

/**
 * A directive for operations is in the graph where all subgraphs declare it, with the arguments that all of them know. One
 * that a subgraph insists on must be among them, or clients could not write what that subgraph needs.
 */
export function checkOperationDirectives({ subgraphs }: ComposedGraph): RuleError[] {
  const declarations = new Map<string, { readonly subgraph: string; readonly node: DirectiveDefinitionNode }[]>();
  for (const { name, document } of subgraphs) {
    for (const node of document.definitions) {
      if (
        node.kind === Kind.DIRECTIVE_DEFINITION &&
        node.locations.some(({ value }) => OPERATION_LOCATIONS.has(value))
      ) {
        declarations.set(node.name.value, [...(declarations.get(node.name.value) ?? []), { subgraph: name, node }]);
      }
    }
  }
  return [...declarations].flatMap(([name, declared]) =>
    declared.length < subgraphs.length
      ? []
      : declared.flatMap(({ subgraph, node }) =>
          (node.arguments ?? [])
            .filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined)
            .flatMap((argument) => {
              const without = declared.filter(
                (other) => other.node.arguments?.some((own) => own.name.value === argument.name.value) !== true,
              );
              return without.map((other) => ({
                code: "REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH",
                message: `Argument "@${name}(${argument.name.value}:)" is required in subgraph "${subgraph}" and missing in subgraph "${other.subgraph}".`,
              }));
            }),
        ),
  );
}

const OPERATION_LOCATIONS = new Set([
  "QUERY",
  "MUTATION",
  "SUBSCRIPTION",
  "FIELD",
  "FRAGMENT_DEFINITION",
  "FRAGMENT_SPREAD",
  "INLINE_FRAGMENT",
  "VARIABLE_DEFINITION",
]);
