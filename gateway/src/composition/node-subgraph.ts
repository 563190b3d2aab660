import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from "graphql";
import { remember } from "./remember";

/** Name of the gateway's own subgraph. */
export const NODE_SUBGRAPH_NAME = "hub";

/** Its address. Nothing is ever sent there: it says that the gateway itself answers. */
export const NODE_SUBGRAPH_URL = "hub:node";

interface NamedDocument {
  readonly name: string;
  readonly document: DocumentNode;
}

export interface NodeSubgraphOutcome {
  /** Absent when no type implements Node. */
  readonly sdl?: string;
  readonly errors: readonly { readonly message: string; readonly code: string }[];
}

/**
 * The gateway's own subgraph: `Query.node`, `Query.nodes`, and a stub for every type that some subgraph, its home,
 * declares as `implements Node` with a resolvable `@key(fields: "id")`.
 */
export function buildNodeSubgraph(subgraphs: readonly NamedDocument[]): NodeSubgraphOutcome {
  const homes = new Map<string, string[]>();
  for (const { name, document } of subgraphs) {
    if (name === NODE_SUBGRAPH_NAME) {
      const message = `The name "${NODE_SUBGRAPH_NAME}" belongs to the gateway's own subgraph.`;
      return { errors: [{ message, code: "INVALID_SUBGRAPH_NAME" }] };
    }
    for (const typeName of findNodeTypes(document)) {
      homes.set(typeName, [...(homes.get(typeName) ?? []), name]);
    }
  }
  // A second home could answer "there is such a row" in place of the owner.
  const errors = [...homes]
    .filter(([, names]) => names.length > 1)
    .map(([typeName, names]) => ({
      message: `Type "${typeName}" implements Node with a resolvable key "id" in ${names.join(" and ")}: only its home subgraph may say so.`,
      code: "NODE_HOME_AMBIGUOUS",
    }));
  if (errors.length > 0 || homes.size === 0) {
    return { errors };
  }
  return { sdl: printNodeSubgraph([...homes.keys()].toSorted()), errors };
}

/** SDL of the gateway's own subgraph for these types. */
export function printNodeSubgraph(typeNames: readonly string[]): string {
  const stubs = typeNames.map(
    (typeName) => `type ${typeName} implements Node @key(fields: "id", resolvable: false) {\n  id: ID!\n}`,
  );
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

"A row of the alliance that can be fetched again by its id."
interface Node {
  "Who owns the row, what it is and which one: member, kind and key, separated by dots."
  id: ID!
}

type Query {
  "The row with this id, or null when there is no such row for the caller."
  node(id: ID!): Node
  "The rows with these ids, in the same order, null where there is no such row for the caller. At most 100 ids."
  nodes(ids: [ID!]!): [Node]!
}

${stubs.join("\n\n")}
`;
}

const findNodeTypes = remember((document: DocumentNode): readonly string[] => {
  const parts = new Map<string, (ObjectTypeDefinitionNode | ObjectTypeExtensionNode)[]>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) {
      parts.set(definition.name.value, [...(parts.get(definition.name.value) ?? []), definition]);
    }
  }
  return [...parts]
    .filter(
      ([, definitions]) =>
        definitions.some((definition) => definition.interfaces?.some((node) => node.name.value === "Node")) &&
        definitions.some((definition) => definition.directives?.some(isResolvableIdKey)),
    )
    .map(([typeName]) => typeName);
});

function isResolvableIdKey(directive: ConstDirectiveNode): boolean {
  if (directive.name.value !== "key" && directive.name.value !== "federation__key") {
    return false;
  }
  const argument = (name: string) => directive.arguments?.find((node) => node.name.value === name)?.value;
  const fields = argument("fields");
  const resolvable = argument("resolvable");
  return (
    fields?.kind === Kind.STRING &&
    fields.value.trim() === "id" &&
    !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value)
  );
}
