import { Kind, parse, type SelectionSetNode, type TypeNode } from "graphql";

/** Parses `"id owner { id }"`; undefined when it is no selection set. */
export function parseFieldSet(text: string): SelectionSetNode | undefined {
  const trimmed = text.trim();
  try {
    const { definitions } = parse(trimmed.startsWith("{") ? trimmed : `{ ${trimmed} }`, { noLocation: true });
    const [operation] = definitions;
    return definitions.length === 1 && operation?.kind === Kind.OPERATION_DEFINITION
      ? operation.selectionSet
      : undefined;
  } catch {
    return undefined;
  }
}

/** `[Need!]!` -> `Need`. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}
