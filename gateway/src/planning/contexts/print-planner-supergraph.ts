import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from "graphql";
import { findDirectives, readStringArgument } from "../../composition/supergraph-directives";
import type { ContextModel } from "./context-model";
import type { KeyGraph } from "./contextual-field";
import { findKeyFields, type KeyFields } from "./find-key-fields";

type FieldedNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The supergraph as the planner reads it: with the key graphs (see KeyGraph), and without the words that it does not know.
 * `@inaccessible` is gone as well, because a context may be a field that clients cannot ask for.
 */
export function printPlannerSupergraph(supergraph: DocumentNode, { keyGraphs }: ContextModel): string {
  const fieldsOf = new Map(keyGraphs.map((keyGraph) => [keyGraph, findKeyFields(supergraph, keyGraph)]));
  const queryType = findQueryType(supergraph);
  const definitions = supergraph.definitions.map((definition) => {
    const plain = removeContexts(definition);
    return keyGraphs.reduce(
      (node, keyGraph) => addToKeyGraph(node, keyGraph, fieldsOf.get(keyGraph), queryType),
      makeJoinsExplicit(plain),
    );
  });
  return print({ ...supergraph, definitions });
}

function findQueryType(supergraph: DocumentNode): string | undefined {
  return supergraph.definitions
    .flatMap((definition) => (definition.kind === Kind.SCHEMA_DEFINITION ? definition.operationTypes : []))
    .find(({ operation }) => operation === "query")?.type.name.value;
}

function removeContexts(definition: DefinitionNode): DefinitionNode {
  const keep = ({ name }: ConstDirectiveNode) => name.value !== "context" && name.value !== "inaccessible";
  const withoutArguments = (use: ConstDirectiveNode): ConstDirectiveNode => ({
    ...use,
    arguments: use.arguments?.filter(({ name }) => name.value !== "contextArguments"),
  });
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...definition,
        directives: definition.directives?.filter(keep),
        fields: definition.fields?.map((field) => ({
          ...field,
          directives: field.directives?.filter(keep).map(withoutArguments),
        })),
      };
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...definition, directives: definition.directives?.filter(keep) };
    default:
      return definition;
  }
}

/** A field that names no subgraph is in all of its type's: now also in a key graph, unless it names them. */
function makeJoinsExplicit(definition: DefinitionNode): DefinitionNode {
  if (!isFielded(definition)) {
    return definition;
  }
  const graphs = new Set(findDirectives(definition, "join__type").map((use) => readStringArgument(use, "graph") ?? ""));
  const joins = [...graphs].map((graph) => readDirective(`@join__field(graph: ${graph})`));
  const fields = definition.fields?.map((field) =>
    findDirectives(field, "join__field").length > 0
      ? field
      : { ...field, directives: [...(field.directives ?? []), ...joins] },
  );
  return { ...definition, fields };
}

function addToKeyGraph(
  definition: DefinitionNode,
  keyGraph: KeyGraph,
  keyFields: KeyFields | undefined,
  queryType: string | undefined,
): DefinitionNode {
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
    return definition.name.value === "join__Graph"
      ? addGraph(definition, keyGraph)
      : addLeaf(definition, keyGraph, keyFields);
  }
  if (definition.kind === Kind.SCALAR_TYPE_DEFINITION && keyFields?.leafTypes.has(definition.name.value)) {
    return addDirectives(definition, `@join__type(graph: ${keyGraph.graph})`);
  }
  if (!isFielded(definition)) {
    return definition;
  }
  return definition.name.value === queryType
    ? addEntries(definition, keyGraph, keyFields)
    : addKeyFields(definition, keyGraph, keyFields);
}

function addGraph(definition: EnumTypeDefinitionNode, { graph, subgraph }: KeyGraph): DefinitionNode {
  const directives = [readDirective(`@join__graph(name: ${JSON.stringify(subgraph)}, url: "")`)];
  const value = { kind: Kind.ENUM_VALUE_DEFINITION, name: { kind: Kind.NAME, value: graph }, directives } as const;
  return { ...definition, values: [...(definition.values ?? []), value] };
}

function addLeaf(
  definition: EnumTypeDefinitionNode,
  { graph, keysOf }: KeyGraph,
  keyFields: KeyFields | undefined,
): DefinitionNode {
  if (keyFields?.leafTypes.has(definition.name.value) !== true) {
    return definition;
  }
  const values = definition.values?.map((value) =>
    findDirectives(value, "join__enumValue").some((use) => readStringArgument(use, "graph") === keysOf)
      ? addDirectives(value, `@join__enumValue(graph: ${graph})`)
      : value,
  );
  return addDirectives({ ...definition, values }, `@join__type(graph: ${graph})`);
}

/** The keys are external in a key graph, so that no plan takes them from there, and its root fields provide them. */
function addEntries(
  definition: FieldedNode,
  { graph, entryFields }: KeyGraph,
  keyFields: KeyFields | undefined,
): DefinitionNode {
  const entries = [...entryFields].map(([typeName, fieldName]) => {
    const provided = JSON.stringify(keyFields?.keyOf.get(typeName) ?? "__typename");
    return readField(`${fieldName}: ${typeName} @join__field(graph: ${graph}, provides: ${provided})`);
  });
  const joined = addDirectives(definition, `@join__type(graph: ${graph})`);
  return { ...joined, fields: [...(joined.fields ?? []), ...entries] };
}

function addKeyFields(
  definition: FieldedNode,
  { graph, keysOf, entryFields, markerField }: KeyGraph,
  keyFields: KeyFields | undefined,
): DefinitionNode {
  const typeName = definition.name.value;
  const fields = keyFields?.fieldsOf.get(typeName);
  if (fields === undefined) {
    return definition;
  }
  const key = keyFields?.keyOf.get(typeName);
  const implemented = findDirectives(definition, "join__implements")
    .filter((use) => readStringArgument(use, "graph") === keysOf)
    .map((use) => readStringArgument(use, "interface") ?? "")
    .filter((name) => keyFields?.fieldsOf.has(name) === true);
  const joined = addDirectives(
    definition,
    `@join__type(graph: ${graph}${key === undefined ? "" : `, key: ${JSON.stringify(key)}`})`,
    ...implemented.map((name) => `@join__implements(graph: ${graph}, interface: ${JSON.stringify(name)})`),
  );
  const joinedFields = (joined.fields ?? []).map((field) =>
    fields.has(field.name.value) ? addDirectives(field, `@join__field(graph: ${graph}, external: true)`) : field,
  );
  const marker = entryFields.has(typeName) ? [readField(`${markerField}: Boolean @join__field(graph: ${graph})`)] : [];
  return { ...joined, fields: [...joinedFields, ...marker] };
}

function addDirectives<Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: Node,
  ...texts: readonly string[]
): Node {
  return { ...node, directives: [...(node.directives ?? []), ...texts.map(readDirective)] };
}

function readDirective(text: string): ConstDirectiveNode {
  const [definition] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  const directives = definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? definition.directives : undefined;
  return (directives as readonly [ConstDirectiveNode])[0];
}

function readField(text: string): FieldDefinitionNode {
  const [definition] = parse(`type T { ${text} }`, { noLocation: true }).definitions;
  const fields = definition?.kind === Kind.OBJECT_TYPE_DEFINITION ? definition.fields : undefined;
  return (fields as readonly [FieldDefinitionNode])[0];
}

function isFielded(definition: DefinitionNode): definition is FieldedNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}
