import { type GraphQLNamedType, isAbstractType } from "graphql";
import { isObjectData, type ObjectData } from "./object-data";
import type { PathSegments } from "./response-path";
import type { ResponseField, ResponseSelection } from "./response-shape";
import { typenameOf } from "./selection-reader";

/**
 * Whether a path of plan keys leads through a field that the client asked for, but not of an object of this type. A subgraph
 * that has an interface as an object (`@interfaceObject`) does not know the types; it is asked for the fields of all of them,
 * and one may fail that is no field of the response.
 */
export function isAskedOfOtherType(selection: ResponseSelection, path: PathSegments, data: unknown): boolean {
  let current: ResponseSelection | undefined = selection;
  let value = data;
  for (const key of path) {
    if (typeof key === "number") {
      value = Array.isArray(value) ? value[key] : undefined;
      continue;
    }
    if (current === undefined || !isObjectData(value)) {
      return false;
    }
    const types = possibleTypesOf(current);
    const ownType = types.length === 1 ? types[0] : types.find(({ name }) => name === typenameOf(value as ObjectData));
    if (ownType === undefined) {
      return false;
    }
    const field = findField(current, ownType, key);
    if (field === undefined) {
      const selected: ResponseSelection = current;
      return types.some((type) => findField(selected, type, key) !== undefined);
    }
    current = field.selection;
    value = value[key];
  }
  return false;
}

function possibleTypesOf({ type, source }: ResponseSelection): readonly GraphQLNamedType[] {
  return isAbstractType(type) ? source.schema.getPossibleTypes(type) : [type];
}

function findField(selection: ResponseSelection, type: GraphQLNamedType, planKey: string): ResponseField | undefined {
  return selection.fieldsOf(type).find((field) => field.planKey === planKey);
}
