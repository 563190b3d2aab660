import { type DefinitionNode, type DocumentNode, type FieldDefinitionNode, Kind } from "graphql";

const MACHINERY_TYPES = new Set(["_Service", "_Any", "_Entity"]);
const MACHINERY_FIELDS = new Set(["_service", "_entities"]);

/**
 * A service may list, beside its own schema, what every subgraph has for the gateway (`_service`, `_entities` and their types:
 * Federation specification, "Subgraph schema additions"). That is the same everywhere and no part of the graph.
 */
export function removeMachinery(document: DocumentNode): DocumentNode {
  return { ...document, definitions: document.definitions.flatMap(withoutMachinery) };
}

function withoutMachinery(definition: DefinitionNode): DefinitionNode[] {
  if ("name" in definition && definition.name !== undefined && MACHINERY_TYPES.has(definition.name.value)) {
    return [];
  }
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) {
    return [definition];
  }
  const fields = definition.fields?.filter((field) => !isMachinery(field));
  if (fields === undefined || fields.length === definition.fields?.length) {
    return [definition];
  }
  // A query type that had nothing else is none: the library adds an empty one where it needs it.
  return fields.length === 0 ? [] : [{ ...definition, fields }];
}

function isMachinery({ name, type }: FieldDefinitionNode): boolean {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  const named = inner.kind === Kind.LIST_TYPE ? inner.type : inner;
  const typeName = named.kind === Kind.NAMED_TYPE ? named.name.value : undefined;
  return MACHINERY_FIELDS.has(name.value) && typeName !== undefined && MACHINERY_TYPES.has(typeName);
}
