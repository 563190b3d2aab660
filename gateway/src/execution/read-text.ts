import type { TypeConditions } from "../planning/type-conditions";
import { readAnswerText } from "./answer-text";
import { createObjectData, isObjectData, type ObjectData } from "./object-data";
import { typenameOf } from "./selection-reader";
import { readNull, readShape, type TextScan, type TextSelection, type TextShape } from "./text-selection";

/** An object as it was read, before it is put into the data. */
export interface ReadFields {
  readonly shape: TextShape;
  readonly object: ObjectData;
}

/** One `_entities` field: what is asked for, by its key in the answer. */
export interface EntityTextBatch {
  readonly responseKey: string;
  readonly selection: TextSelection;
  /** The objects that each entity is for. */
  readonly objectsOf: readonly (readonly ObjectData[])[];
}

/** Null is an entity that the subgraph does not know. */
export type ReadEntities = readonly (ReadFields | null)[];

/** The root type's fields for one object of the data; undefined when the parser has to read the text. */
export function readRootText(
  text: string,
  selection: TextSelection,
  target: ObjectData,
  typeConditions: TypeConditions,
): ReadFields | undefined {
  return readAnswerText(text, typeConditions, (scan) => readFields(scan, selection, [target]));
}

/** The entities of each batch; undefined when the parser has to read the text. */
export function readEntitiesText(
  text: string,
  batches: readonly EntityTextBatch[],
  typeConditions: TypeConditions,
): readonly ReadEntities[] | undefined {
  return readAnswerText(text, typeConditions, (scan) => {
    const read: ReadEntities[] = [];
    for (const batch of batches) {
      const entities = skip(scan, `${read.length === 0 ? "{" : ","}"${batch.responseKey}":[`)
        ? readEntities(scan, batch)
        : undefined;
      if (entities === undefined) {
        return undefined;
      }
      read.push(entities);
    }
    return skip(scan, "}") ? read : undefined;
  });
}

function readEntities(scan: TextScan, { selection, objectsOf }: EntityTextBatch): ReadEntities | undefined {
  const entities: (ReadFields | null)[] = [];
  for (const objects of objectsOf) {
    if (entities.length > 0 && !skip(scan, ",")) {
      return undefined;
    }
    const entity = readNull(scan) === null ? null : readFields(scan, selection, objects);
    if (entity === undefined) {
      return undefined;
    }
    entities.push(entity);
  }
  return skip(scan, "]") ? entities : undefined;
}

/** The type's name, if all call themselves the same. */
function findTypename(objects: readonly ObjectData[]): string | undefined {
  const [first] = objects;
  const typeName = first && typenameOf(first);
  return objects.every((object) => typenameOf(object) === typeName) ? typeName : undefined;
}

/** One that calls itself otherwise than the objects that it is for is left to readObject. */
function readFields(scan: TextScan, selection: TextSelection, targets: readonly ObjectData[]): ReadFields | undefined {
  const shape = selection.shapeFor(findTypename(targets), scan.typeConditions);
  const object = shape && readShape(shape, scan);
  if (shape === undefined || object === undefined) {
    return undefined;
  }
  const told = typenameOf(object);
  const isSame = told === undefined || targets.every((target) => (typenameOf(target) ?? told) === told);
  return isSame ? { shape, object } : undefined;
}

function skip(scan: TextScan, expected: string): boolean {
  if (!scan.text.startsWith(expected, scan.position)) {
    return false;
  }
  scan.position += expected.length;
  return true;
}

/** Whether objects and lists of the data need not be filled up, which readObject does. */
export function canPutFields({ nestedKeys }: TextShape, target: ObjectData): boolean {
  return nestedKeys.every((key) => target[key] === undefined || target[key] === null);
}

/**
 * Puts what was read into the data. A value that is there already stays (see readObject).
 * @param isCopy whether another object of the data has the same objects and lists already: later fetches fill each on its own
 */
export function putFields({ shape, object }: ReadFields, target: ObjectData, isCopy: boolean): void {
  for (const key of shape.leafKeys) {
    target[key] ??= object[key];
  }
  for (const key of shape.nestedKeys) {
    target[key] ??= isCopy ? copyData(object[key]) : object[key];
  }
}

function copyData(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copyData);
  }
  if (!isObjectData(value)) {
    return value;
  }
  const copy = createObjectData();
  for (const key of Object.keys(value)) {
    copy[key] = copyData(value[key]);
  }
  return copy;
}
