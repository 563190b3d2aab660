import type { TypeConditions } from "../planning/type-conditions";
import type { Place } from "./entity-places";
import { listPath, type PathSegments } from "./response-path";
import { type FieldReader, type SelectionReader, typenameOf } from "./selection-reader";

/**
 * Paths of the fields that a fetch should have brought to a place and did not: where an error belongs that names no
 * field itself, such as that of a subgraph that does not answer.
 */
export function locateMissingFields(
  reader: SelectionReader,
  place: Place,
  typeConditions: TypeConditions,
): PathSegments[] {
  const base = listPath(place.path);
  const typeName = typenameOf(place.data);
  const keys = new Set<string>();
  const visitReader = ({ fields, fragments }: SelectionReader) => {
    for (const { planKey } of fields) {
      if (place.data[planKey] === null || place.data[planKey] === undefined) {
        keys.add(planKey);
      }
    }
    for (const { typeCondition, reader: fragment } of fragments) {
      if (typeName === undefined || typeConditions.matches(typeName, typeCondition)) {
        visitReader(fragment);
      }
    }
  };
  visitReader(reader);
  // Nothing is missing: the error is about the object as a whole.
  return keys.size === 0 ? [base] : [...keys].map((key) => [...base, key]);
}

/**
 * A path of the subgraph's answer by plan keys: the plan renames some of its own aliases. It ends before the first field
 * that the subgraph was not asked for: a subgraph must not tell errors of fields that another one answers.
 */
export function renamePath(reader: SelectionReader, path: PathSegments): PathSegments {
  const renamed: (string | number)[] = [];
  let readers: readonly SelectionReader[] = [reader];
  for (const segment of path) {
    if (typeof segment === "number") {
      if (renamed.length === 0) {
        break;
      }
      renamed.push(segment);
      continue;
    }
    const found = readers.flatMap((candidate) => findFields(candidate, segment));
    const [field] = found;
    if (field === undefined) {
      break;
    }
    renamed.push(field.planKey);
    readers = found.flatMap(({ selection }) => selection ?? []);
  }
  return renamed;
}

function findFields(reader: SelectionReader, responseKey: string): FieldReader[] {
  return [
    ...reader.fields.filter((field) => field.responseKey === responseKey),
    ...reader.fragments.flatMap((fragment) => findFields(fragment.reader, responseKey)),
  ];
}
