import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from "graphql";
import { readStringArgument } from "./supergraph-directives";

/** What a subgraph calls the directives of the federation specification (link specification v1.0, "Importing"). */
export interface FederationNames {
  /** False for Federation 1: there is no `@link`, and what Federation 2 calls shareable needs no word. */
  readonly isFederation2: boolean;
  localNameOf(directive: string): string;
  /** Undefined when it is not imported. */
  importedAs(directive: string): string | undefined;
}

/** The applications of `@link` on the schema, in order. */
export function findLinks(document: DocumentNode): readonly ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives?.filter(({ name }) => name.value === "link") ?? [])
      : [],
  );
}

/** `https://specs.apollo.dev/federation/v2.3` -> `https://specs.apollo.dev/federation`; undefined when it has no version. */
export function identityOfUrl(url: string): string | undefined {
  return /^(.*)\/v\d+\.\d+\/?$/.exec(url)?.[1];
}

const FEDERATION_IDENTITY = "https://specs.apollo.dev/federation";

/** Directives that reach the supergraph, and therefore have one name in it. */
export const COMPOSED_DIRECTIVES: ReadonlySet<string> = new Set([
  "tag",
  "inaccessible",
  "authenticated",
  "requiresScopes",
  "policy",
  "cost",
  "listSize",
]);

/** The `@link` of the federation specification; undefined in Federation 1. */
export function findFederationLink(document: DocumentNode): ConstDirectiveNode | undefined {
  return findLinks(document).find(
    (directive) => identityOfUrl(readStringArgument(directive, "url") ?? "") === FEDERATION_IDENTITY,
  );
}

/** What stands before the names of elements that are not imported, with two underscores. */
export function readPrefix(link: ConstDirectiveNode): string {
  return readStringArgument(link, "as") ?? "federation";
}

export function readFederationNames(document: DocumentNode): FederationNames {
  const link = findFederationLink(document);
  if (link === undefined) {
    return { isFederation2: false, localNameOf: (directive) => directive, importedAs: () => undefined };
  }
  const imports = new Map(
    readImports(link).flatMap(({ name, localName }): [string, string][] =>
      name.startsWith("@") ? [[name.slice(1), localName.slice(1)]] : [],
    ),
  );
  return {
    isFederation2: true,
    localNameOf: (directive) => imports.get(directive) ?? `${readPrefix(link)}__${directive}`,
    importedAs: (directive) => imports.get(directive),
  };
}

/** One element that a `@link` imports; directives with their `@`. */
export interface LinkImport {
  readonly name: string;
  readonly localName: string;
}

export function readImports(link: ConstDirectiveNode): LinkImport[] {
  const value = link.arguments?.find(({ name }) => name.value === "import")?.value;
  return (value?.kind === Kind.LIST ? value.values : []).flatMap((item) => {
    const name = item.kind === Kind.STRING ? item.value : readStringField(item, "name");
    return name === undefined ? [] : [{ name, localName: readStringField(item, "as") ?? name }];
  });
}

function readStringField(value: ConstValueNode, name: string): string | undefined {
  const field = value.kind === Kind.OBJECT ? value.fields.find((node) => node.name.value === name)?.value : undefined;
  return field?.kind === Kind.STRING ? field.value : undefined;
}
