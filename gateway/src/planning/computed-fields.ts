import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type SelectionNode,
} from "graphql";
import { parseFieldSet } from "../composition/field-set";
import { findDirectives, readBooleanArgument, readStringArgument } from "../composition/supergraph-directives";

/** Stands for every required field with arguments: where they conflict the planner gives the field a name of its own. */
export const REQUIRED_WITH_ARGUMENTS = "";

/** Type -> field -> fields of the same type that can be computed from it (`@requires`) only. */
export type ComputedFields = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

export function readComputedFields(supergraph: DocumentNode): ComputedFields {
  const types = new Map<string, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      types.set(definition.name.value, definition);
    }
  }
  const computed = new Map<string, Map<string, Set<string>>>();
  for (const type of types.values()) {
    for (const field of type.fields ?? []) {
      for (const required of findRequired(type, field, types)) {
        const fields = computed.get(type.name.value) ?? new Map<string, Set<string>>();
        computed.set(type.name.value, fields);
        fields.set(required, (fields.get(required) ?? new Set()).add(field.name.value));
      }
    }
  }
  return computed;
}

/** Nothing where some subgraph resolves the field without requiring anything. */
function findRequired(
  type: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  field: FieldDefinitionNode,
  types: ReadonlyMap<string, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>,
): string[] {
  const uses = findDirectives(field, "join__field").filter(
    (use) => readStringArgument(use, "graph") !== undefined && !readBooleanArgument(use, "external", false),
  );
  if (uses.length === 0) {
    // Of an @interfaceObject: the interface's own field says how it is computed.
    return (type.interfaces ?? []).flatMap(({ name }) => {
      const parent = types.get(name.value);
      const same = parent?.fields?.find((candidate) => candidate.name.value === field.name.value);
      return parent === undefined || same === undefined ? [] : findRequired(parent, same, types);
    });
  }
  const required = uses.map((use) => readStringArgument(use, "requires"));
  return required.includes(undefined)
    ? []
    : required.flatMap((text) => (parseFieldSet(text ?? "")?.selections ?? []).flatMap(listNames));
}

function listNames(selection: SelectionNode): string[] {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return selection.selectionSet.selections.flatMap(listNames);
  }
  if (selection.kind === Kind.FRAGMENT_SPREAD) {
    return [];
  }
  const name = selection.name.value;
  return (selection.arguments ?? []).length > 0 ? [name, REQUIRED_WITH_ARGUMENTS] : [name];
}
