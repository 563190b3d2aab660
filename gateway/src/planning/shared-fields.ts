import {
  type ConstDirectiveNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type UnionTypeDefinitionNode,
} from "graphql";
import { namedTypeOf } from "../composition/field-set";
import { findDirectives, readBooleanArgument, readStringArgument } from "../composition/supergraph-directives";

type CompositeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | UnionTypeDefinitionNode;

/** Fields that several subgraphs resolve, and whose values a plan puts together of what each of them says. */
export interface SharedFields {
  /** `Box.content` -> object types that some of the subgraphs which resolve it know, and not all: a plan may not ask for them. */
  readonly partialTypes: ReadonlyMap<string, ReadonlySet<string>>;
  /** `Query.boxes`: root fields with objects. */
  readonly rootFields: ReadonlySet<string>;
  /** Types with a key: what another subgraph does not know of them is null. */
  readonly entities: ReadonlySet<string>;
}

const ROOT_TYPES = new Set(["Query", "Mutation", "Subscription"]);

export function readSharedFields(supergraph: DocumentNode): SharedFields {
  const types = new Map<string, CompositeNode>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      definition.kind === Kind.UNION_TYPE_DEFINITION
    ) {
      types.set(definition.name.value, definition);
    }
  }
  const partialTypes = new Map<string, ReadonlySet<string>>();
  const rootFields = new Set<string>();
  const known = readKnownTypes(types);
  for (const type of types.values()) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) {
      continue;
    }
    for (const field of type.fields ?? []) {
      const typeName = namedTypeOf(field.type);
      const graphs = findResolvers(type, findDirectives(field, "join__field"));
      if (graphs.length < 2 || !types.has(typeName)) {
        continue;
      }
      const coordinate = `${type.name.value}.${field.name.value}`;
      if (ROOT_TYPES.has(type.name.value)) {
        rootFields.add(coordinate);
      }
      const lists = graphs.map((graph) => known.get(`${graph} ${typeName}`) ?? new Set<string>());
      const partial = new Set(
        lists.flatMap((list) => [...list]).filter((name) => lists.some((list) => !list.has(name))),
      );
      if (partial.size > 0 && !isInterfaceObject(types.get(typeName))) {
        partialTypes.set(coordinate, partial);
      }
    }
  }
  const entities = [...types.values()].filter((type) =>
    findDirectives(type, "join__type").some((use) => readStringArgument(use, "key") !== undefined),
  );
  return { partialTypes, rootFields, entities: new Set(entities.map(({ name }) => name.value)) };
}

/** `GRAPH Content` -> the object types that a value of it may have there. */
function readKnownTypes(types: ReadonlyMap<string, CompositeNode>): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  const add = (use: ConstDirectiveNode, abstractType: string | undefined, objectType: string | undefined) => {
    const id = `${readStringArgument(use, "graph")} ${abstractType}`;
    if (objectType !== undefined) {
      known.set(id, (known.get(id) ?? new Set()).add(objectType));
    }
  };
  for (const type of types.values()) {
    const name = type.name.value;
    for (const use of findDirectives(type, "join__unionMember")) {
      add(use, name, readStringArgument(use, "member"));
    }
    for (const use of type.kind === Kind.OBJECT_TYPE_DEFINITION ? findDirectives(type, "join__implements") : []) {
      add(use, readStringArgument(use, "interface"), name);
    }
  }
  return known;
}

/** Subgraphs that may be asked for a field. */
function findResolvers(type: ObjectTypeDefinitionNode, uses: readonly ConstDirectiveNode[]): string[] {
  const named = uses.some((use) => readStringArgument(use, "graph") !== undefined) ? uses : [];
  const graphs = (named.length > 0 ? named : findDirectives(type, "join__type"))
    .filter((use) => !readBooleanArgument(use, "external", false) && !readBooleanArgument(use, "usedOverridden", false))
    .flatMap((use) => readStringArgument(use, "graph") ?? []);
  return [...new Set(graphs)];
}

function isInterfaceObject(type: CompositeNode | undefined): boolean {
  return (
    type !== undefined &&
    findDirectives(type, "join__type").some((use) => readBooleanArgument(use, "isInterfaceObject", false))
  );
}
