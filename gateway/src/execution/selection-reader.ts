import type { GraphQLOutputType } from "graphql";
import type { TypeConditions } from "../planning/type-conditions";
import { toLeafData } from "./leaf-data";
import { createObjectData, isJsonObject, isObjectData, type ObjectData } from "./object-data";

/** What one fetch asked for at one place, and therefore all that is read there. */
export interface SelectionReader {
  /** The object type that stands here by the schema for clients; undefined where it can be one of several. */
  readonly typeName: string | undefined;
  readonly fields: readonly FieldReader[];
  /** Fragments whose type condition is decided by each object's type. */
  readonly fragments: readonly FragmentReader[];
}

export interface FragmentReader {
  readonly typeCondition: string;
  /** Fields of the selection that stand before it in the operation, and so in an answer. */
  readonly after: number;
  readonly reader: SelectionReader;
}

export interface FieldReader {
  /** The key in the subgraph's answer. */
  readonly responseKey: string;
  /** The key in the data; differs where the plan renames its own aliases. */
  readonly planKey: string;
  /** Whether every object has a value of this name (`constructor`), so that one that is there need not be the answer's. */
  readonly isInherited: boolean;
  /** Undefined where the schema for clients does not have the field. */
  readonly type: GraphQLOutputType | undefined;
  /** Undefined for a leaf, whatever it is. */
  readonly selection: SelectionReader | undefined;
  /** Set in place of whatever was answered. */
  readonly constant?: string;
}

/** Lists inside lists that a type can have; a deeper answer is hostile, and following it would exhaust the stack. */
export const MAX_LIST_DEPTH = 8;

/**
 * Copies what was asked for from a subgraph's answer into the data. Whatever else the answer holds is not looked at.
 *
 * A value that is there already stays: the subgraph asked later cannot replace what the one asked earlier said, be it a
 * name, a key or a type. Objects and lists that both have are filled up.
 */
export function readObject(
  reader: SelectionReader,
  answer: Readonly<Record<string, unknown>>,
  target: ObjectData,
  typeConditions: TypeConditions,
): void {
  for (const field of reader.fields) {
    const answered = answer[field.responseKey];
    if ((answered === undefined || field.isInherited) && !Object.hasOwn(answer, field.responseKey)) {
      continue;
    }
    const value = field.constant ?? answered;
    if (field.planKey === "__typename") {
      readTypename(value, target, field.planKey, typeConditions);
    } else {
      target[field.planKey] = readValue(field, value, target[field.planKey], typeConditions, 0);
    }
  }
  if (reader.fragments.length === 0) {
    return;
  }
  const typeName = typenameOf(target);
  for (const { typeCondition, reader: fragmentReader } of reader.fragments) {
    if (typeName === undefined || typeConditions.matches(typeName, typeCondition)) {
      readObject(fragmentReader, answer, target, typeConditions);
    }
  }
}

/** The first object type that was named stays. An interface's name (`@interfaceObject`) gives way to an object type. */
function readTypename(value: unknown, target: ObjectData, planKey: string, typeConditions: TypeConditions): void {
  const known = target[planKey];
  if (typeof value === "string" && !(typeof known === "string" && typeConditions.isObjectType(known))) {
    target[planKey] = value;
  }
}

function readValue(
  field: FieldReader,
  value: unknown,
  known: unknown,
  typeConditions: TypeConditions,
  listDepth: number,
): unknown {
  if (value === null || value === undefined) {
    return known ?? null;
  }
  if (field.selection === undefined) {
    return known ?? toLeafData(value);
  }
  if (Array.isArray(value)) {
    if (listDepth === MAX_LIST_DEPTH) {
      return known ?? null;
    }
    const knownItems = Array.isArray(known) && known.length === value.length ? known : undefined;
    return known === null || known === undefined || knownItems !== undefined
      ? value.map((item, index) => readValue(field, item, knownItems?.[index], typeConditions, listDepth + 1))
      : known;
  }
  if (!isJsonObject(value)) {
    // Of the wrong kind: kept, so that completing the response reports it at its path.
    return known ?? toLeafData(value);
  }
  const target = isObjectData(known) ? known : createObjectData();
  readObject(field.selection, value, target, typeConditions);
  return known === null || known === undefined || isObjectData(known) ? target : known;
}

export function typenameOf(data: ObjectData): string | undefined {
  return typeof data["__typename"] === "string" ? data["__typename"] : undefined;
}
