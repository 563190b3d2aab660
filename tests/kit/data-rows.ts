import { type ConstDirectiveNode, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from "graphql";

export type Row = Readonly<Record<string, unknown>>;

/** The field sets of a type's `@key` directives, also under their long name. */
export function readKeys(definition: { readonly directives?: readonly ConstDirectiveNode[] }): SelectionSetNode[] {
  return (definition.directives ?? []).flatMap(({ name, arguments: given }) => {
    const fields = given?.find((argument) => argument.name.value === "fields")?.value;
    if ((name.value !== "key" && name.value !== "federation__key") || fields?.kind !== Kind.STRING) {
      return [];
    }
    const [operation] = parse(`{ ${fields.value} }`).definitions;
    return [(operation as OperationDefinitionNode).selectionSet];
  });
}

/** Whether a row is what a reference means by one key: all fields of the key are in the reference, and equal. */
export function matchesReference(key: SelectionSetNode, row: Row, reference: Row): boolean {
  return key.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) {
      return false;
    }
    const name = selection.name.value;
    return selection.selectionSet === undefined
      ? reference[name] !== undefined && reference[name] === row[name]
      : isRow(reference[name]) &&
          isRow(row[name]) &&
          matchesReference(selection.selectionSet, row[name], reference[name]);
  });
}

/** `first` with what it lacks taken from `second`; objects in both are merged. */
export function mergeDeep(first: Row, second: Row): Row {
  const merged: Record<string, unknown> = { ...second, ...first };
  for (const [key, value] of Object.entries(first)) {
    const other = second[key];
    if (isRow(value) && isRow(other)) {
      merged[key] = mergeDeep(value, other);
    }
  }
  return merged;
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
