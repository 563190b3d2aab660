import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type NameNode,
  visit,
} from "graphql";
import { COMPOSED_DIRECTIVES, findFederationLink, readImports, readPrefix } from "./federation-names";

/** Before names that are not imported, where the link gives no other prefix. */
const OWN_PREFIX = "federation__";

/**
 * `@fed__key` of `@link(as: "fed")`, `@federation__key` and `@primary` of `import: [{ name: "@key", as: "@primary" }]` are
 * `@key`, unless that is the name of something else here. The directives that reach the supergraph keep the name that they
 * are imported by.
 */
export function renameElements(document: DocumentNode): DocumentNode {
  const link = findFederationLink(document);
  if (link === undefined) {
    return document;
  }
  const prefix = `${readPrefix(link)}__`;
  const used = listDirectiveNames(document);
  if (prefix !== OWN_PREFIX && [...used].some((name) => name.startsWith(OWN_PREFIX))) {
    // Such a name means nothing here, and would mean something when the prefix is another.
    return document;
  }
  const aliases = new Map(
    readImports(link).flatMap(({ name, localName }): [string, string][] =>
      name.startsWith("@") && name !== localName && !COMPOSED_DIRECTIVES.has(name.slice(1))
        ? [[localName.slice(1), name.slice(1)]]
        : [],
    ),
  );
  const renamed = new Map<string, string>();
  for (const name of used) {
    const element = aliases.get(name) ?? (name.startsWith(prefix) ? name.slice(prefix.length) : name);
    const isPlainNameFree = !COMPOSED_DIRECTIVES.has(element) && !used.has(element);
    const target = isPlainNameFree ? element : aliases.has(name) ? name : OWN_PREFIX + element;
    if (element !== name && target !== name) {
      renamed.set(name, target);
    }
  }
  if (renamed.size === 0 && prefix === OWN_PREFIX) {
    return document;
  }
  const renameType = ({ name }: { readonly name: NameNode }) =>
    name.value.startsWith(prefix) ? OWN_PREFIX + name.value.slice(prefix.length) : undefined;
  const renameDirective = ({ name }: { readonly name: NameNode }) => renamed.get(name.value);
  return visit(document, {
    Directive: {
      // `enter`, because the link is recognised by its identity.
      enter: (node) =>
        node === link ? { ...node, arguments: rewriteLink(link, renamed) } : withName(node, renameDirective(node)),
    },
    DirectiveDefinition: { leave: (node) => withName(node, renameDirective(node)) },
    NamedType: { leave: (node) => withName(node, renameType(node)) },
    ScalarTypeDefinition: { leave: (node) => withName(node, renameType(node)) },
  });
}

function withName<Node extends { readonly name: NameNode }>(node: Node, value: string | undefined): Node | undefined {
  return value === undefined ? undefined : { ...node, name: { ...node.name, value } };
}

function listDirectiveNames(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const add = ({ name }: { readonly name: NameNode }): void => void names.add(name.value);
  visit(document, { Directive: add, DirectiveDefinition: add });
  return names;
}

/** Without its `as`, and with imports of the names that the elements have now. */
function rewriteLink(link: ConstDirectiveNode, renamed: ReadonlyMap<string, string>): ConstArgumentNode[] {
  const imports = readImports(link)
    .filter(({ localName }) => !renamed.has(localName.replace(/^@/, "")))
    .map(({ name, localName }) => ({ name, localName }));
  for (const target of new Set(renamed.values())) {
    if (!target.startsWith(OWN_PREFIX)) {
      imports.push({ name: `@${target}`, localName: `@${target}` });
    }
  }
  const string = (value: string) => ({ kind: Kind.STRING as const, value });
  const field = (name: string, value: string) => ({
    kind: Kind.OBJECT_FIELD as const,
    name: { kind: Kind.NAME as const, value: name },
    value: string(value),
  });
  return [
    ...(link.arguments ?? []).filter(({ name }) => name.value !== "as" && name.value !== "import"),
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: "import" },
      value: {
        kind: Kind.LIST,
        values: imports.map(({ name, localName }) =>
          name === localName
            ? string(name)
            : { kind: Kind.OBJECT, fields: [field("name", name), field("as", localName)] },
        ),
      },
    },
  ];
}
