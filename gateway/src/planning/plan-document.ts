import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { PlanKeys } from "./plan-keys";
import type { Supergraph } from "./supergraph";

/** One operation, taken apart into what subgraphs answer and what the gateway's own schema answers. */
export interface SplitOperation {
  /** For the planner; undefined when no subgraph is needed. */
  readonly planDocument: DocumentNode | undefined;
  /** `__schema` and `__type` only, with the client's own response keys; undefined when there is none. */
  readonly introspectionDocument: DocumentNode | undefined;
}

const TYPENAME_FIELD: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

export function splitOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  supergraph: Supergraph,
  planKeys: PlanKeys,
): SplitOperation {
  const documentOf = (keep: (field: FieldNode) => boolean): DocumentNode | undefined => {
    const selectionSet = filterRootFields(operation.selectionSet, fragments, keep);
    return selectionSet.selections.length === 0
      ? undefined
      : { kind: Kind.DOCUMENT, definitions: [{ ...operation, directives: [], selectionSet }, ...fragments.values()] };
  };
  const own = documentOf((field) => !field.name.value.startsWith("__"));
  return {
    planDocument: own && preparePlanDocument(own, supergraph, planKeys),
    introspectionDocument: documentOf((field) => isIntrospectionField(field.name.value)),
  };
}

export function isIntrospectionField(fieldName: string): boolean {
  return fieldName === "__schema" || fieldName === "__type";
}

/** Keeps some fields of the root type. Fragments on the root type are written out, for a fragment may hold both kinds. */
function filterRootFields(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  keep: (field: FieldNode) => boolean,
): SelectionSetNode {
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      return keep(selection) ? [selection] : [];
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (fragment === undefined) {
      return [];
    }
    const inner = filterRootFields(fragment.selectionSet, fragments, keep);
    return inner.selections.length === 0
      ? []
      : [
          {
            kind: Kind.INLINE_FRAGMENT,
            typeCondition: fragment.typeCondition,
            directives: selection.directives,
            selectionSet: inner,
          },
        ];
  });
  return { kind: Kind.SELECTION_SET, selections };
}

/**
 * Gives every field its plan key (see PlanKeys), and asks for `__typename` wherever a value may be of several types: the
 * gateway decides by it, not by what a subgraph happens to send. Not for an `@interfaceObject` interface, where the type
 * may cost a fetch that nobody asked for.
 */
function preparePlanDocument(document: DocumentNode, supergraph: Supergraph, planKeys: PlanKeys): DocumentNode {
  const typeInfo = new TypeInfo(supergraph.publicSchema);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave(field) {
          const key = planKeys.keyOf(field);
          return { ...field, alias: key === field.name.value ? undefined : { kind: Kind.NAME, value: key } };
        },
      },
      SelectionSet: {
        leave(selectionSet) {
          const parentType = typeInfo.getParentType();
          const mustAsk =
            isAbstractType(parentType) &&
            !supergraph.interfaceObjects.has(parentType.name) &&
            !selectionSet.selections.some((node) => node.kind === Kind.FIELD && node.name.value === "__typename");
          return mustAsk ? { ...selectionSet, selections: [TYPENAME_FIELD, ...selectionSet.selections] } : undefined;
        },
      },
    }),
  );
}
