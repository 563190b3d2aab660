import { Kind, type SelectionSetNode } from "graphql";
import type { ContextModel } from "../planning/contexts/context-model";
import type { ContextArgument } from "../planning/contexts/contextual-field";
import { parseLeafData } from "./leaf-data";
import { isObjectData, type ObjectData } from "./object-data";
import { listPath, type PathNode, type PathSegments } from "./response-path";
import { typenameOf } from "./selection-reader";

/** An object above the one at hand. */
export interface Ancestor {
  readonly data: ObjectData;
  /** Undefined when its subgraph did not say. */
  readonly typeName: string | undefined;
  /** By plan keys. */
  readonly path: PathSegments;
}

export interface ContextValue {
  /** Undefined where nobody knows it: a subgraph did not say what something is, or sent what is no value. */
  readonly value: unknown;
  /** Where an error stands when the value failed. */
  readonly sources: readonly PathSegments[];
}

/** The objects that one at this path stands in, nearest first. */
export function listAncestors(root: ObjectData, rootTypeName: string, path: PathNode | undefined): Ancestor[] {
  const ancestors: Ancestor[] = [];
  const segments = listPath(path);
  let value: unknown = root;
  segments.forEach((key, index) => {
    if (isObjectData(value)) {
      const typeName = value === root ? rootTypeName : typenameOf(value);
      ancestors.unshift({ data: value, typeName, path: segments.slice(0, index) });
      value = value[key];
    } else if (Array.isArray(value)) {
      value = value[Number(key)];
    }
  });
  return ancestors;
}

/** The argument's value by the nearest object that sets its context; null where there is none. */
export function readContextValue(
  argument: ContextArgument,
  ancestors: readonly Ancestor[],
  model: ContextModel,
): ContextValue {
  for (const { data, typeName, path } of ancestors) {
    if (typeName === undefined) {
      // It may be the nearest one: a value from further away could be another one's.
      return { value: undefined, sources: [[...path, "__typename"]] };
    }
    if (model.isSetBy(argument.context, typeName)) {
      return readSetter(argument, data, typeName, path, model);
    }
  }
  return { value: null, sources: [] };
}

function readSetter(
  argument: ContextArgument,
  data: ObjectData,
  typeName: string,
  path: PathSegments,
  model: ContextModel,
): ContextValue {
  const field = model.valueFieldOf(argument, typeName);
  if (field === undefined) {
    return { value: null, sources: [] };
  }
  if (field.name.value === "__typename") {
    return { value: typeName, sources: [] };
  }
  const keys = model.planKeysOf(argument, typeName, field.name.value);
  const key = keys.find((candidate) => data[candidate] !== undefined);
  const value = key === undefined ? null : readSelection(data[key], field.selectionSet);
  return { value, sources: keys.map((candidate) => [...path, candidate]) };
}

/** Inside a selection there are fields only, one at each level; lists keep their form. Undefined for what is no value. */
function readSelection(value: unknown, selectionSet: SelectionSetNode | undefined): unknown {
  if (value === null || value === undefined) {
    return null;
  }
  if (selectionSet === undefined) {
    return parseLeafData(value);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => readSelection(item, selectionSet));
    return items.includes(undefined) ? undefined : items;
  }
  const [field] = selectionSet.selections;
  if (!isObjectData(value) || field?.kind !== Kind.FIELD) {
    return undefined;
  }
  const name = field.name.value;
  return name === "__typename" ? typenameOf(value) : readSelection(value[name], field.selectionSet);
}
