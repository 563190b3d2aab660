import { Kind, parse, type SelectionSetNode } from "graphql";
import type { FieldSelection, SelectedField } from "./satisfiability-model";

/** Reads the field set of a key or of `@requires`. @throws GraphQLError for a malformed one */
export function parseFieldSelection(fieldSet: string): FieldSelection {
  const [definition] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? readSelectionSet(definition.selectionSet) : OPAQUE;
}

const OPAQUE: FieldSelection = { text: "", fields: [], isOpaque: true };

function readSelectionSet(selectionSet: SelectionSetNode): FieldSelection {
  const fields: SelectedField[] = [];
  for (const node of selectionSet.selections) {
    if (node.kind !== Kind.FIELD || node.alias !== undefined || (node.arguments?.length ?? 0) > 0) {
      return OPAQUE;
    }
    if (node.name.value === "__typename") {
      continue;
    }
    const selection = node.selectionSet && readSelectionSet(node.selectionSet);
    if (selection?.isOpaque === true) {
      return OPAQUE;
    }
    fields.push(selection === undefined ? { name: node.name.value } : { name: node.name.value, selection });
  }
  fields.sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)));
  return { text: fields.map(describeField).join(" "), fields, isOpaque: false };
}

function describeField({ name, selection }: SelectedField): string {
  return selection === undefined ? name : `${name}{${selection.text}}`;
}
