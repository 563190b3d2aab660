import { type ConstDirectiveNode, type DefinitionNode, type DocumentNode, Kind, visit } from "graphql";
import { readFederationNames } from "./federation-names";
import { remember } from "./remember";
import { renameElements } from "./rename-elements";

/**
 * A subgraph's document in the words that the composition library understands; the same one where it has no others. What it
 * says stays the same: our own rules read what the member wrote.
 */
export const writeForLibrary = remember(
  (document: DocumentNode): DocumentNode => removeBraces(removeSchemaTags(renameElements(document))),
);

/** `@key(fields: "{ id }")` is `@key(fields: "id")`. */
function removeBraces(document: DocumentNode): DocumentNode {
  return visit(document, {
    Argument: {
      enter(node) {
        if (node.name.value !== "fields" || node.value.kind !== Kind.STRING) {
          return undefined;
        }
        const inner = /^[\s,]*\{(.*)\}[\s,]*$/s.exec(node.value.value)?.[1];
        return inner === undefined ? undefined : { ...node, value: { ...node.value, value: inner.trim() } };
      },
    },
  });
}

/** `schema @tag(name: "x")`: the supergraph gets them later (`completeSchemaTags()`). */
function removeSchemaTags(document: DocumentNode): DocumentNode {
  const tags = findSchemaTags(document);
  if (tags.length === 0) {
    return document;
  }
  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
      return [definition];
    }
    const directives = definition.directives?.filter((directive) => !tags.includes(directive)) ?? [];
    const isEmpty = directives.length === 0 && (definition.operationTypes ?? []).length === 0;
    return isEmpty ? [] : [{ ...definition, directives }];
  });
  return { ...document, definitions };
}

/** The uses of the federation's `@tag` on the schema. */
export function findSchemaTags(document: DocumentNode): readonly ConstDirectiveNode[] {
  const tag = readFederationNames(document).localNameOf("tag");
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives?.filter(({ name }) => name.value === tag) ?? [])
      : [],
  );
}
