import {
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { namedTypeOf, parseFieldSet } from "../../composition/field-set";
import { findDirectives, readBooleanArgument, readStringArgument } from "../../composition/supergraph-directives";
import type { KeyGraph } from "./contextual-field";

/** What a key graph consists of. */
export interface KeyFields {
  /** Type -> its one key there, several of its subgraph's in one. */
  readonly keyOf: ReadonlyMap<string, string>;
  /** Type -> the fields that keys are made of; interfaces and their objects too. */
  readonly fieldsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Scalars and enums of these fields. */
  readonly leafTypes: ReadonlySet<string>;
}

type FieldedNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** Of each type with contextual fields: the first resolvable key in its own subgraph, or all of them. */
export function findKeyFields(supergraph: DocumentNode, { keysOf, entryFields }: KeyGraph): KeyFields {
  const types = new Map<string, FieldedNode>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      types.set(definition.name.value, definition);
    }
  }
  const keyOf = new Map<string, string>();
  const fieldsOf = new Map<string, Set<string>>();
  const leafTypes = new Set<string>();
  for (const typeName of entryFields.keys()) {
    const key = findKey(types.get(typeName), keysOf);
    const selection = key === undefined ? undefined : parseFieldSet(key);
    if (key !== undefined && selection !== undefined) {
      keyOf.set(typeName, key);
      include(typeName, selection);
    }
  }
  return { keyOf, fieldsOf, leafTypes };

  function include(typeName: string, { selections }: SelectionSetNode): void {
    const type = types.get(typeName);
    if (type === undefined) {
      return;
    }
    if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const objectType of findObjects(typeName)) {
        include(objectType, { kind: Kind.SELECTION_SET, selections });
      }
    }
    const fields = fieldsOf.get(typeName) ?? new Set();
    fieldsOf.set(typeName, fields);
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        include(node.typeCondition?.name.value ?? typeName, node.selectionSet);
        continue;
      }
      const field = type.fields?.find(({ name }) => name.value === node.name.value);
      if (node.kind !== Kind.FIELD || field === undefined) {
        continue;
      }
      fields.add(node.name.value);
      if (node.selectionSet === undefined) {
        leafTypes.add(namedTypeOf(field.type));
      } else {
        include(namedTypeOf(field.type), node.selectionSet);
      }
    }
  }

  function findObjects(interfaceName: string): string[] {
    return [...types.values()]
      .filter((type) =>
        findDirectives(type, "join__implements").some(
          (use) =>
            readStringArgument(use, "graph") === keysOf && readStringArgument(use, "interface") === interfaceName,
        ),
      )
      .map(({ name }) => name.value);
  }
}

/**
 * One key is enough to come back to the subgraph. A field that requires others needs the way to those as well, and the planner
 * does not find it through a subgraph that it has to come back to: so all keys are at hand.
 */
function findKey(type: FieldedNode | undefined, graph: string): string | undefined {
  const keys = findDirectives(type ?? {}, "join__type")
    .filter((use) => readStringArgument(use, "graph") === graph && readBooleanArgument(use, "resolvable", true))
    .flatMap((use) => readStringArgument(use, "key") ?? []);
  const isComputed = type?.fields?.some((field) =>
    findDirectives(field, "join__field").some(
      (use) =>
        readStringArgument(use, "graph") === graph &&
        readStringArgument(use, "requires") !== undefined &&
        use.arguments?.some(({ name }) => name.value === "contextArguments"),
    ),
  );
  return isComputed === true && keys.length > 0 ? keys.join(" ") : keys[0];
}
