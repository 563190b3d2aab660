import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from "graphql";

/**
 * How long an answer to a document may be kept, by `@cacheControl(maxAge:)` on its fields and their types: the shortest of all,
 * in seconds. 0 where anything has no hint, but for leaves, which have their object's. This is Apollo Server's rule, which it
 * prints as a header, decided once for a document where Apollo decides for each answer; so it never allows more.
 */
export function readMaxAge(schema: GraphQLSchema, document: DocumentNode): number {
  const typeInfo = new TypeInfo(schema);
  const ages: number[] = [];
  let isQuery = true;
  const visitor = visitWithTypeInfo(typeInfo, {
    OperationDefinition({ operation }) {
      isQuery &&= operation === "query";
    },
    Field(node) {
      const type = getNamedType(typeInfo.getType());
      const own = readHint(typeInfo.getFieldDef()?.astNode?.directives);
      const isRoot = typeInfo.getParentType() === schema.getQueryType();
      if (own === undefined && !isRoot && !isCompositeType(type)) {
        return;
      }
      ages.push(own ?? (node.name.value === "_entities" ? entityAge(schema, node) : typeAge(type)));
    },
  });
  visit(document, visitor);
  return isQuery && ages.length > 0 ? Math.min(...ages) : 0;
}

/** Of the types that are asked for: what `_entities` returns may be any of them. */
function entityAge(schema: GraphQLSchema, { selectionSet }: FieldNode): number {
  const ages = (selectionSet?.selections ?? []).map((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === "__typename" ? Number.POSITIVE_INFINITY : 0;
    }
    const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    return condition === undefined ? 0 : typeAge(schema.getType(condition));
  });
  const age = Math.min(...ages);
  return Number.isFinite(age) ? age : 0;
}

function typeAge(type: GraphQLNamedType | undefined): number {
  const { astNode, extensionASTNodes = [] } = type ?? {};
  const directives = [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
  return readHint(directives) ?? 0;
}

function readHint(directives: readonly DirectiveNode[] = []): number | undefined {
  const hint = directives.find(({ name }) => name.value === "cacheControl");
  const argument = hint?.arguments?.find(({ name }) => name.value === "maxAge");
  const age = argument && valueFromASTUntyped(argument.value);
  return typeof age === "number" ? age : undefined;
}
