import type { ComposedGraph, RuleError } from "../composition-rule";
import { findFieldResolvers } from "../field-resolvers";

/**
 * A field that several subgraphs resolve is shareable in all of them, also where one of them overrides a third one's and
 * where one has it `@external` and provides it (Federation documentation, "Sharing a field").
 */
export function checkFieldSharing({ subgraphs }: ComposedGraph): RuleError[] {
  return [...findFieldResolvers(subgraphs)].flatMap(([coordinate, resolvers]) => {
    const unshareable = resolvers.filter(({ isShareable }) => !isShareable);
    if (resolvers.length < 2 || unshareable.length === 0) {
      return [];
    }
    const names = (list: typeof resolvers) => list.map(({ subgraph }) => `"${subgraph.name}"`).join(", ");
    const message = `Field "${coordinate}" is resolved by the subgraphs ${names(resolvers)} and not @shareable in ${names(unshareable)}.`;
    return [{ code: "INVALID_FIELD_SHARING", message }];
  });
}
