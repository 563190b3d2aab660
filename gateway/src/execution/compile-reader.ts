import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { SelectionReader } from "./selection-reader";

interface ReaderSource {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly schema: GraphQLSchema;
}

/** One response key of a selection, all its occurrences merged. */
interface SelectedField {
  readonly type: GraphQLOutputType | undefined;
  readonly selectionSets: SelectionSetNode[];
}

interface SelectedFragment {
  readonly after: number;
  readonly selectionSets: SelectionSetNode[];
}

/**
 * The reader of a fetch's operation.
 * @param schema what clients see: of what is not in it the type stays unknown
 * @throws InvariantViolation never: the planner's operations are well-formed
 */
export function compileReader(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): SelectionReader {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const rootType = schema.getRootType(operation.operation) ?? undefined;
  return compileSelections([operation.selectionSet], rootType, { fragments, schema });
}

function compileSelections(
  selectionSets: readonly SelectionSetNode[],
  parentType: GraphQLNamedType | undefined,
  source: ReaderSource,
): SelectionReader {
  const fields = new Map<string, SelectedField>();
  const conditions = new Map<string, SelectedFragment>();
  const visitSet = (selectionSet: SelectionSetNode) => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const field = fields.get(key) ?? { type: typeOfField(selection, parentType), selectionSets: [] };
        fields.set(key, field);
        if (selection.selectionSet !== undefined) {
          field.selectionSets.push(selection.selectionSet);
        }
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? source.fragments.get(selection.name.value) : selection;
      if (fragment?.typeCondition === undefined) {
        if (fragment !== undefined) {
          visitSet(fragment.selectionSet);
        }
        continue;
      }
      const condition = fragment.typeCondition.name.value;
      const known = conditions.get(condition) ?? { after: fields.size, selectionSets: [] };
      conditions.set(condition, known);
      known.selectionSets.push(fragment.selectionSet);
    }
  };
  selectionSets.forEach(visitSet);
  return {
    typeName: isObjectType(parentType) ? parentType.name : undefined,
    fields: [...fields].map(([key, { type, selectionSets: sets }]) => ({
      responseKey: key,
      planKey: key,
      isInherited: key in Object.prototype,
      type,
      selection: sets.length === 0 ? undefined : compileSelections(sets, type && getNamedType(type), source),
    })),
    fragments: [...conditions].map(([typeCondition, { after, selectionSets: sets }]) => ({
      typeCondition,
      after,
      reader: compileSelections(sets, source.schema.getType(typeCondition), source),
    })),
  };
}

function typeOfField(field: FieldNode, parentType: GraphQLNamedType | undefined): GraphQLOutputType | undefined {
  return isObjectType(parentType) || isInterfaceType(parentType)
    ? parentType.getFields()[field.name.value]?.type
    : undefined;
}
