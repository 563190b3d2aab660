import { type DirectiveNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, visit } from "graphql";

/** Names of the variables that decide what is in the response: those of `@skip` and `@include`, sorted. */
export function findConditionVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly string[] {
  const names = new Set<string>();
  const visitor = {
    Directive(directive: DirectiveNode) {
      if (directive.name.value !== "skip" && directive.name.value !== "include") {
        return;
      }
      for (const { value } of directive.arguments ?? []) {
        if (value.kind === Kind.VARIABLE) {
          names.add(value.name.value);
        }
      }
    },
  };
  for (const node of [operation, ...fragments.values()]) {
    visit(node, visitor);
  }
  return [...names].toSorted();
}
