import { type ConstDirectiveNode, type DefinitionNode, Kind } from "graphql";
import type { ComposedGraph, RuleError } from "../composition-rule";
import { findDirectives } from "../supergraph-directives";

/**
 * What clients see is a schema of its own: a union has a member left, and an argument that an accessible interface's field
 * has is there in the types that implement it (inaccessible specification v0.2).
 */
export function checkInaccessibleParts({ supergraph }: ComposedGraph): RuleError[] {
  const byName = new Map(
    supergraph.definitions.flatMap((node): [string, DefinitionNode][] =>
      "name" in node && node.name !== undefined && node.kind !== Kind.DIRECTIVE_DEFINITION
        ? [[node.name.value, node]]
        : [],
    ),
  );
  return [...byName.values()].flatMap((definition): RuleError[] => {
    if (isInaccessible(definition)) {
      return [];
    }
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      return definition.types?.every(({ name }) => isInaccessible(byName.get(name.value))) === true
        ? [
            {
              code: "ONLY_INACCESSIBLE_CHILDREN",
              message: `The union "${definition.name.value}" is accessible and all of its members are @inaccessible.`,
            },
          ]
        : [];
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      return [];
    }
    return (definition.interfaces ?? []).flatMap(({ name }) => findHiddenArguments(definition, byName.get(name.value)));
  });
}

function findHiddenArguments(type: DefinitionNode, parent: DefinitionNode | undefined): RuleError[] {
  if (!hasFields(type) || parent === undefined || !hasFields(parent) || isInaccessible(parent)) {
    return [];
  }
  return (parent.fields ?? [])
    .filter((field) => !isInaccessible(field))
    .flatMap((parentField) => {
      const field = type.fields?.find(({ name }) => name.value === parentField.name.value);
      return (parentField.arguments ?? [])
        .filter((argument) => !isInaccessible(argument))
        .filter(({ name }) => isInaccessible(field?.arguments?.find((own) => own.name.value === name.value)))
        .map(({ name }) => ({
          code: "IMPLEMENTED_BY_INACCESSIBLE",
          message: `Argument "${type.name.value}.${parentField.name.value}(${name.value}:)" is @inaccessible and implements an accessible one of the interface "${parent.name.value}".`,
        }));
    });
}

function hasFields(node: DefinitionNode) {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function isInaccessible(node: object | undefined): boolean {
  return (
    node !== undefined &&
    findDirectives(node as { directives?: readonly ConstDirectiveNode[] }, "inaccessible").length > 0
  );
}
