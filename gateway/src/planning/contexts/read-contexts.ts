import {
  type ConstDirectiveNode,
  type ConstObjectValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  GraphQLError,
  Kind,
  type ObjectTypeDefinitionNode,
} from "graphql";
import { namedTypeOf, parseFieldSet } from "../../composition/field-set";
import { readSupergraphMembers, type SupergraphMember } from "../../composition/read-subgraph-addresses";
import { findDirectives, readBooleanArgument, readStringArgument } from "../../composition/supergraph-directives";
import { findFreePrefix } from "../find-free-prefix";
import { findFieldsRequiredWithArguments } from "../required-arguments";
import type { TypeConditions } from "../type-conditions";
import { ContextModel } from "./context-model";
import type { ContextArgument, ContextualField, KeyGraph } from "./contextual-field";

/**
 * Undefined for a supergraph in which no argument comes from a context (join specification v0.5, context v0.1).
 * @throws GraphQLError for one whose context arguments cannot be read
 */
export function readContexts(supergraph: DocumentNode, typeConditions: TypeConditions): ContextModel | undefined {
  const members = readSupergraphMembers(supergraph);
  const found = supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ? readType(definition, members) : [],
  );
  if (found.length === 0) {
    return undefined;
  }
  const fieldTypes = readFieldTypes(supergraph);
  const prefix = findFreePrefix(
    "_ctx_",
    [...fieldTypes.values()].flatMap((fieldsOf) => [...fieldsOf.keys()]),
  );
  const keyGraphs = createKeyGraphs(found, members, prefix);
  const fields = found.flatMap(({ homeGraph, ...field }): ContextualField[] => {
    const keyGraph = keyGraphs.find(({ keysOf }) => keysOf === homeGraph);
    return keyGraph === undefined ? [] : [{ ...field, keyGraph }];
  });
  return new ContextModel(
    {
      fields,
      keyGraphs,
      setters: readSetters(supergraph),
      fieldTypes,
      ambiguousNames: findFieldsRequiredWithArguments(supergraph),
      prefix,
    },
    typeConditions,
  );
}

interface FoundField extends Omit<ContextualField, "keyGraph"> {
  /** Of the subgraph by whose key the object is looked up. */
  readonly homeGraph: string;
}

function readType(type: ObjectTypeDefinitionNode, members: readonly SupergraphMember[]): FoundField[] {
  return (type.fields ?? []).flatMap((field) => {
    const argumentsIn = new Map<string, readonly ContextArgument[]>();
    let homeGraph: string | undefined;
    for (const use of findDirectives(field, "join__field")) {
      const read = readContextArguments(use);
      const member = members.find(({ graph }) => graph === readStringArgument(use, "graph"));
      if (read.length > 0 && member !== undefined && !readBooleanArgument(use, "usedOverridden", false)) {
        argumentsIn.set(member.name, read);
        homeGraph ??= member.graph;
      }
    }
    return homeGraph === undefined ? [] : [{ ...describeField(type, field), argumentsIn, homeGraph }];
  });
}

function describeField(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode) {
  return { typeName: type.name.value, fieldName: field.name.value };
}

/**
 * What cannot be read is no argument to leave out: the subgraph would answer something else than its author meant.
 * `contextArguments: [{ context: "a__user", name: "currency", type: "String", selection: "{ currency }" }]`.
 * @throws GraphQLError
 */
function readContextArguments(use: ConstDirectiveNode): ContextArgument[] {
  const value = use.arguments?.find(({ name }) => name.value === "contextArguments")?.value;
  const items = value?.kind === Kind.LIST ? value.values : [];
  return items.map((item) => {
    if (item.kind !== Kind.OBJECT) {
      throw new GraphQLError("The supergraph has a context argument that is no object.");
    }
    const selection = parseFieldSet(readText(item, "selection"));
    if (selection === undefined) {
      throw new GraphQLError("The supergraph has a context argument without a selection.");
    }
    return {
      name: readText(item, "name"),
      type: readText(item, "type"),
      context: readText(item, "context"),
      selection,
    };
  });
}

function readText(value: ConstObjectValueNode, key: string): string {
  const field = value.fields.find(({ name }) => name.value === key)?.value;
  if (field?.kind !== Kind.STRING) {
    throw new GraphQLError(`The supergraph has a context argument without ${key}.`);
  }
  return field.value;
}

function readSetters(supergraph: DocumentNode): Map<string, Set<string>> {
  const setters = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      definition.kind === Kind.UNION_TYPE_DEFINITION
    ) {
      for (const use of findDirectives(definition, "context")) {
        const context = readStringArgument(use, "name") ?? "";
        setters.set(context, (setters.get(context) ?? new Set()).add(definition.name.value));
      }
    }
  }
  return setters;
}

/** One for each subgraph whose keys are needed. */
function createKeyGraphs(
  fields: readonly FoundField[],
  members: readonly SupergraphMember[],
  prefix: string,
): KeyGraph[] {
  const homes = [...new Set(fields.map(({ homeGraph }) => homeGraph))].toSorted();
  return homes.map((home, index) => {
    const types = fields.flatMap(({ homeGraph, typeName }) => (homeGraph === home ? [typeName] : []));
    return {
      graph: findFreeName(
        `${home}_KEYS`,
        members.map(({ graph }) => graph),
      ),
      keysOf: home,
      subgraph: findFreeName(
        `keys of ${members.find(({ graph }) => graph === home)?.name}`,
        members.map(({ name }) => name),
      ),
      markerField: `${prefix}key_${index}`,
      entryFields: new Map(types.map((typeName) => [typeName, `${prefix}entry_${index}_${typeName}`])),
    };
  });
}

function findFreeName(wanted: string, taken: readonly string[]): string {
  return taken.includes(wanted) ? findFreeName(`${wanted}_`, taken) : wanted;
}

function readFieldTypes(supergraph: DocumentNode): Map<string, Map<string, string>> {
  const fieldTypes = new Map<string, Map<string, string>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const fields = (definition.fields ?? []).map(({ name, type }): [string, string] => [
        name.value,
        namedTypeOf(type),
      ]);
      fieldTypes.set(definition.name.value, new Map(fields));
    }
  }
  return fieldTypes;
}
