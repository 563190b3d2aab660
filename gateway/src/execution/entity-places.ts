import type { FlattenStepNode } from "../planning/plan-node";
import type { TypeConditions } from "../planning/type-conditions";
import { isObjectData, type ObjectData } from "./object-data";
import { extendPath, type PathNode } from "./response-path";
import { typenameOf } from "./selection-reader";

/** One object of the data and where it stands. */
export interface Place {
  readonly data: ObjectData;
  /** By plan keys. */
  readonly path: PathNode | undefined;
}

type FlattenStep = { readonly key: string } | { readonly types: readonly string[] } | "items";

export type FlattenPath = readonly FlattenStep[];

export function compileFlattenPath(segments: readonly FlattenStepNode[]): FlattenPath {
  return segments.map((segment): FlattenStep => {
    if (segment === "@") {
      return "items";
    }
    return "Field" in segment ? { key: segment.Field } : { types: segment.TypeCondition };
  });
}

/** All objects at a flatten path, in the order of the response. */
export function collectObjects(root: ObjectData, path: FlattenPath, typeConditions: TypeConditions): ObjectData[] {
  const found: ObjectData[] = [];
  addObjects(found, root, path, 0, typeConditions);
  return found;
}

function addObjects(
  found: ObjectData[],
  value: unknown,
  path: FlattenPath,
  stepIndex: number,
  typeConditions: TypeConditions,
): void {
  const step = path[stepIndex];
  if (Array.isArray(value)) {
    for (const item of value) {
      // Lists of lists: "@" stands for all of them.
      const isItem = step === "items" && !Array.isArray(item);
      addObjects(found, item, path, isItem ? stepIndex + 1 : stepIndex, typeConditions);
    }
  } else if (isObjectData(value)) {
    if (step === undefined) {
      found.push(value);
    } else if (step !== "items") {
      if ("key" in step) {
        addObjects(found, value[step.key], path, stepIndex + 1, typeConditions);
      } else if (isOfType(value, step.types, typeConditions)) {
        addObjects(found, value, path, stepIndex + 1, typeConditions);
      }
    }
  }
}

function isOfType(value: ObjectData, types: readonly string[], typeConditions: TypeConditions): boolean {
  const typeName = typenameOf(value);
  return typeName === undefined || types.some((type) => typeConditions.matches(typeName, type));
}

/**
 * The same objects with their paths, which cost more than the objects. Without type conditions: also objects of other types.
 */
export function collectPlaces(root: ObjectData, path: FlattenPath, typeConditions?: TypeConditions): Place[] {
  const places: Place[] = [];
  walk(root, undefined, 0);
  return places;

  function walk(value: unknown, at: PathNode | undefined, stepIndex: number): void {
    const step = path[stepIndex];
    if (Array.isArray(value)) {
      // Lists of lists: "@" stands for all of them.
      const next = step === "items" ? stepIndex + 1 : stepIndex;
      value.forEach((item, index) => {
        walk(item, extendPath(at, index), Array.isArray(item) && step === "items" ? stepIndex : next);
      });
      return;
    }
    if (!isObjectData(value)) {
      return;
    }
    if (step === undefined) {
      places.push({ data: value, path: at });
    } else if (step === "items") {
      return;
    } else if ("key" in step) {
      walk(value[step.key], extendPath(at, step.key), stepIndex + 1);
    } else if (typeConditions === undefined || isOfType(value, step.types, typeConditions)) {
      walk(value, at, stepIndex + 1);
    }
  }
}
