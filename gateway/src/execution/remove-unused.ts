import { type DefinitionNode, type DocumentNode, Kind, visit } from "graphql";

/** Fragments and variables that nothing uses any more are not valid (GraphQL specification 5.5.1.4, 5.8.4). */
export function removeUnused(document: DocumentNode): DocumentNode {
  const fragments = new Set<string>();
  const variables = new Set<string>();
  const pending: DefinitionNode[] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  for (let definition = pending.pop(); definition !== undefined; definition = pending.pop()) {
    visit(definition, {
      [Kind.VARIABLE_DEFINITION]: { enter: () => false },
      Variable({ name }) {
        variables.add(name.value);
      },
      FragmentSpread({ name }) {
        if (!fragments.has(name.value)) {
          fragments.add(name.value);
          pending.push(
            ...document.definitions.filter(
              (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name.value,
            ),
          );
        }
      },
    });
  }
  const definitions = document.definitions.flatMap((definition): readonly DefinitionNode[] => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      return fragments.has(definition.name.value) ? [definition] : [];
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) {
      return [definition];
    }
    const variableDefinitions = definition.variableDefinitions?.filter(({ variable }) =>
      variables.has(variable.name.value),
    );
    return [{ ...definition, variableDefinitions }];
  });
  return { kind: Kind.DOCUMENT, definitions };
}
