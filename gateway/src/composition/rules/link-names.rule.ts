import type { ConstDirectiveNode } from "graphql";
import type { RuleError } from "../composition-rule";
import { findLinks, identityOfUrl, readImports } from "../federation-names";
import { createSubgraphRule } from "../subgraph-rule";
import type { SubgraphSchema } from "../subgraph-schema";
import { readStringArgument } from "../supergraph-directives";

/** Types that the federation specification has to import; everything else of it is a directive, written with `@`. */
const FEDERATION_TYPES = new Set(["FieldSet", "Scope", "Policy", "ContextFieldValue"]);

/**
 * Two specifications that a schema links have two names in it, and so have two elements that are imported (link
 * specification v1.0, "Name conflicts"): `@key` cannot be the federation's and another's.
 */
export const checkLinkNames = createSubgraphRule((subgraph) => {
  const specifications = new Map<string, string>();
  const imports = new Map<string, string>();
  return findLinks(subgraph.document)
    .flatMap((link) => {
      const identity = identityOf(link);
      const name = readStringArgument(link, "as") ?? identity.split("/").at(-1) ?? identity;
      return [
        name.includes("__")
          ? `"${identity}" cannot be linked as "${name}": a name of a specification has no "__"`
          : undefined,
        claim(specifications, name, identity)
          ? undefined
          : `"${identity}" cannot be linked as "${name}", which is "${specifications.get(name)}" here already`,
        ...readImports(link).map((element) => {
          if (isUnknown(identity, element.name)) {
            return `"${identity}" has no element "${element.name}" to import`;
          }
          const source = `${identity} ${element.name}`;
          return claim(imports, element.localName, source)
            ? undefined
            : `"${element.name}" cannot be imported as "${element.localName}", which is "${imports.get(element.localName)}" here already`;
        }),
      ];
    })
    .flatMap((fault) => (fault === undefined ? [] : [describeFault(subgraph, fault)]));
});

function identityOf(link: ConstDirectiveNode): string {
  const url = readStringArgument(link, "url") ?? "";
  return identityOfUrl(url) ?? url;
}

/** False when the name stands for something else already. */
function claim(names: Map<string, string>, name: string, meaning: string): boolean {
  const known = names.get(name) ?? meaning;
  names.set(name, known);
  return known === meaning;
}

function isUnknown(identity: string, element: string): boolean {
  return (
    identity === "https://specs.apollo.dev/federation" && !element.startsWith("@") && !FEDERATION_TYPES.has(element)
  );
}

function describeFault(subgraph: SubgraphSchema, fault: string): RuleError {
  return { code: "INVALID_LINK_DIRECTIVE_USAGE", message: `[${subgraph.name}] ${fault}.` };
}
