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
export function collectPlaces(root: ObjectData, path: FlattenPath, typeConditions: TypeConditions): Place[] {
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
    } else {
      const typeName = typenameOf(value);
      if (typeName === undefined || step.types.some((type) => typeConditions.matches(typeName, type))) {
        walk(value, at, stepIndex + 1);
      }
    }
  }
}
