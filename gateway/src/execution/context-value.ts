import { Kind, type SelectionSetNode } from "graphql";
import type { ContextModel } from "../planning/contexts/context-model";
import type { ContextArgument } from "../planning/contexts/contextual-field";
import { isPrintable } from "./leaf-values";
import { isObjectData, type ObjectData } from "./object-data";
import { listPath, type PathNode } from "./response-path";
import { typenameOf } from "./selection-reader";

/** An object above the one at hand. */
export interface Ancestor {
  readonly data: ObjectData;
  /** Undefined when its subgraph did not say. */
  readonly typeName: string | undefined;
}

/** The objects that one at this path stands in, nearest first. */
export function listAncestors(root: ObjectData, rootTypeName: string, path: PathNode | undefined): Ancestor[] {
  const ancestors: Ancestor[] = [];
  let value: unknown = root;
  for (const key of listPath(path)) {
    if (isObjectData(value)) {
      ancestors.unshift({ data: value, typeName: value === root ? rootTypeName : typenameOf(value) });
      value = value[key];
    } else if (Array.isArray(value)) {
      value = value[Number(key)];
    }
  }
  return ancestors;
}

/** The argument's value by the nearest object that sets its context; undefined where it did not arrive. */
export function readContextValue(
  argument: ContextArgument,
  ancestors: readonly Ancestor[],
  model: ContextModel,
): unknown {
  for (const { data, typeName } of ancestors) {
    if (typeName === undefined) {
      // It may be the nearest one: a value from further away could be another one's.
      return undefined;
    }
    if (!model.isSetBy(argument.context, typeName)) {
      continue;
    }
    const field = model.valueFieldOf(argument, typeName);
    if (field === undefined) {
      return null;
    }
    if (field.name.value === "__typename") {
      return typeName;
    }
    const key = model
      .planKeysOf(argument, typeName, field.name.value)
      .find((candidate) => data[candidate] !== undefined);
    return key === undefined ? undefined : readSelection(data[key], field.selectionSet);
  }
  return undefined;
}

/** Inside a selection there are fields only, one at each level; lists keep their form. */
function readSelection(value: unknown, selectionSet: SelectionSetNode | undefined): unknown {
  if (value === null || value === undefined) {
    return value;
  }
  if (selectionSet === undefined) {
    return isPrintable(value) ? value : undefined;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => readSelection(item, selectionSet));
    return items.includes(undefined) ? undefined : items;
  }
  const [field] = selectionSet.selections;
  return isObjectData(value) && field?.kind === Kind.FIELD
    ? readSelection(value[field.name.value], field.selectionSet)
    : undefined;
}
