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
import { type Conditions, isIncluded } from "./conditions";
import { narrowFragment } from "./narrow-fragment";
import type { PlanKeys } from "./plan-keys";
import { SelectionBudget } from "./selection-budget";
import type { Supergraph } from "./supergraph";

/** One operation, taken apart into what subgraphs answer and what the gateway's own schema answers. */
export interface SplitOperation {
  /** For the planner; undefined when no subgraph is needed. */
  readonly planDocument: DocumentNode | undefined;
  /** `__schema` and `__type` only, with the client's own response keys; undefined when there is none. */
  readonly introspectionDocument: DocumentNode | undefined;
}

const TYPENAME_FIELD: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** @param conditions values of the variables that `@skip` and `@include` use */
export function splitOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  conditions: Conditions,
  supergraph: Supergraph,
  planKeys: PlanKeys,
): SplitOperation {
  const documentOf = (keep: (field: FieldNode) => boolean): DocumentNode | undefined => {
    const selectionSet = filterRootFields(operation.selectionSet, fragments, conditions, keep);
    return selectionSet.selections.length === 0
      ? undefined
      : { kind: Kind.DOCUMENT, definitions: [{ ...operation, directives: [], selectionSet }, ...fragments.values()] };
  };
  const own = documentOf((field) => !field.name.value.startsWith("__"));
  return {
    planDocument: own && preparePlanDocument(own, conditions, supergraph, planKeys),
    introspectionDocument: documentOf((field) => isIntrospectionField(field.name.value)),
  };
}

export function isIntrospectionField(fieldName: string): boolean {
  return fieldName === "__schema" || fieldName === "__type";
}

/** Keeps some fields of the root type. Fragments on the root type are written out: a fragment may hold both kinds. */
function filterRootFields(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  conditions: Conditions,
  keep: (field: FieldNode) => boolean,
): SelectionSetNode {
  const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      return keep(selection) && isIncluded(selection, conditions) ? [selection] : [];
    }
    if (!isIncluded(selection, conditions)) {
      return [];
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (fragment === undefined) {
      return [];
    }
    // Its type condition is the root type or an interface of it, so its fields can stand without it: a long chain of
    // fragments would nest deeper than the planner's parser follows.
    return filterRootFields(fragment.selectionSet, fragments, conditions, keep).selections;
  });
  return { kind: Kind.SELECTION_SET, selections };
}

/**
 * Prepares what the planner reads:
 * - Every field has its plan key (see PlanKeys).
 * - What `@skip` and `@include` leave out is gone, and so are they. The planner loses them where it merges fields, and a
 *   field that nobody asked for may fail and take others with it. So there is a plan for each set of conditions.
 * - `__typename` is asked for wherever a value may be of several types: the gateway decides by it, not by what a subgraph
 *   happens to send. Not for an `@interfaceObject` interface, where the type may cost a fetch that nobody asked for.
 * - A fragment on an abstract type is written as fragments on the object types that it can mean there: the planner finds no
 *   path for a union or interface that the subgraph at hand does not know.
 */
function preparePlanDocument(
  document: DocumentNode,
  conditions: Conditions,
  supergraph: Supergraph,
  planKeys: PlanKeys,
): DocumentNode {
  const enter = (node: SelectionNode) => (isIncluded(node, conditions) ? undefined : null);
  const budget = new SelectionBudget();
  const typeInfo = new TypeInfo(supergraph.publicSchema);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter,
        leave(field) {
          const key = planKeys.keyOf(field);
          return { ...field, alias: key === field.name.value ? undefined : { kind: Kind.NAME, value: key } };
        },
      },
      Directive: { enter: ({ name }) => (name.value === "skip" || name.value === "include" ? null : undefined) },
      FragmentSpread: { enter },
      InlineFragment: { enter },
      SelectionSet: {
        // On the way down: the fragments inside see the object type that was chosen, so they are not multiplied again.
        enter(selectionSet) {
          const parentType = typeInfo.getParentType();
          const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] =>
            selection.kind === Kind.INLINE_FRAGMENT ? narrowFragment(selection, parentType, supergraph) : [selection],
          );
          budget.spend(selections.length);
          return { ...selectionSet, selections };
        },
        leave(selectionSet) {
          const { selections } = selectionSet;
          const parentType = typeInfo.getParentType();
          const mustAsk =
            (selections.length === 0 ||
              (isAbstractType(parentType) && !supergraph.interfaceObjects.has(parentType.name))) &&
            !selections.some((node) => node.kind === Kind.FIELD && node.name.value === "__typename");
          return { ...selectionSet, selections: mustAsk ? [TYPENAME_FIELD, ...selections] : selections };
        },
      },
    }),
  );
}
