import {
  type GraphQLCompositeType,
  type InlineFragmentNode,
  isAbstractType,
  isObjectType,
  Kind,
  type NamedTypeNode,
} from "graphql";
import type { Maybe } from "graphql/jsutils/Maybe";
import type { Supergraph } from "./supergraph";

/** An inline fragment as fragments on object types, none where it means nothing; as it is where the type is one already or must not be decided. */
export function narrowFragment(
  fragment: InlineFragmentNode,
  parentType: Maybe<GraphQLCompositeType>,
  { publicSchema, interfaceObjects }: Supergraph,
): InlineFragmentNode[] {
  const condition = fragment.typeCondition && publicSchema.getType(fragment.typeCondition.name.value);
  if (!parentType) {
    return [fragment];
  }
  if (isObjectType(parentType) && isObjectType(condition)) {
    return parentType === condition ? [fragment] : [];
  }
  if (!isAbstractType(condition) || interfaceObjects.has(condition.name)) {
    return [fragment];
  }
  if (parentType === condition) {
    return [{ ...fragment, typeCondition: undefined }];
  }
  if (!isAbstractType(parentType)) {
    return publicSchema.isSubType(condition, parentType) ? [{ ...fragment, typeCondition: undefined }] : [];
  }
  return publicSchema
    .getPossibleTypes(condition)
    .filter((objectType) => publicSchema.isSubType(parentType, objectType))
    .map(({ name }) => ({ ...fragment, typeCondition: namedTypeNode(name) }));
}

function namedTypeNode(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } };
}
