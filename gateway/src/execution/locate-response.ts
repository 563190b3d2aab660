import { type GraphQLOutputType, isAbstractType, isListType, isNonNullType } from "graphql";
import type { ResponseLocation } from "./error-sink";
import type { PathSegments } from "./response-path";
import type { ResponseField, ResponseSelection } from "./response-shape";

/**
 * A path by plan keys in the client's terms. What the client did not select (a key, a field that another one is computed
 * from, a field that is skipped) is cut off, and so is everything that a subgraph made up; then the location is not exact.
 */
export function locateInResponse(
  selection: ResponseSelection,
  path: PathSegments,
): ResponseLocation & { readonly isExact: boolean } {
  const located: (string | number)[] = [];
  let current: ResponseSelection | undefined = selection;
  let field: ResponseField | undefined;
  let listDepth = 0;
  for (const key of path) {
    if (typeof key === "number") {
      if (listDepth === 0) {
        break;
      }
      listDepth -= 1;
    } else {
      const next: ResponseField | undefined = current && findField(current, key);
      if (next === undefined) {
        break;
      }
      field = next;
      current = next.selection;
      listDepth = listDepthOf(next.type);
    }
    located.push(typeof key === "number" || field === undefined ? key : field.responseKey);
  }
  return { path: located, nodes: field?.nodes ?? [], isExact: located.length === path.length };
}

function findField(selection: ResponseSelection, planKey: string): ResponseField | undefined {
  const { type, source } = selection;
  const types = isAbstractType(type) ? [type, ...source.schema.getPossibleTypes(type)] : [type];
  for (const candidate of types) {
    const found = selection.fieldsOf(candidate).find((field) => field.planKey === planKey);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function listDepthOf(type: GraphQLOutputType): number {
  if (isNonNullType(type)) {
    return listDepthOf(type.ofType);
  }
  return isListType(type) ? 1 + listDepthOf(type.ofType) : 0;
}
