import type { ComposedGraph, RuleError } from "../composition-rule";
import { COMPOSED_DIRECTIVES } from "../federation-names";

/**
 * What subgraphs say with one directive stands in the supergraph under one name, so all of them call it by the same one
 * (Apollo's composition rule LINK_IMPORT_NAME_MISMATCH). Where it is not imported it has no name to differ.
 */
export function checkImportNames({ subgraphs }: ComposedGraph): RuleError[] {
  return [...COMPOSED_DIRECTIVES].flatMap((directive) => {
    const names = new Map<string, string>();
    for (const subgraph of subgraphs) {
      const name = subgraph.names.importedAs(directive);
      if (name !== undefined && !names.has(name)) {
        names.set(name, subgraph.name);
      }
    }
    if (names.size < 2) {
      return [];
    }
    const facts = [...names].map(([name, subgraph]) => `"@${name}" in "${subgraph}"`).join(", ");
    const message = `The directive "@${directive}" is imported under different names: ${facts}.`;
    return [{ code: "LINK_IMPORT_NAME_MISMATCH", message }];
  });
}
