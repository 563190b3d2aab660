import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { PlanNode } from "../planning/plan-node";
import type { SharedFields } from "../planning/shared-fields";

/** Stands for a field that the planner asks for under a name of its own. */
const ANY_FIELD = "*";
const PLANNER_KEY = /^_internal_qp_alias_\d+$/;

/** Whether the operation asks for a field whose values are put together of what several subgraphs say. */
export function hasSharedFields(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  { partialTypes, rootFields }: SharedFields,
): boolean {
  const names = new Set([...partialTypes.keys(), ...rootFields].map((coordinate) => coordinate.split(".")[1]));
  let isFound = false;
  for (const node of names.size === 0 ? [] : [operation, ...fragments.values()]) {
    visit(node, {
      Field: {
        enter({ name }) {
          isFound ||= names.has(name.value);
        },
      },
    });
  }
  return isFound;
}

/** `Toy age`: what the fetches of a plan ask of objects of one type by name. */
export function listAskedFields(plan: PlanNode | undefined): ReadonlySet<string> {
  const asked = new Set<string>();
  const addFields = (typeName: string, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        asked.add(`${typeName} ${PLANNER_KEY.test(key) ? ANY_FIELD : key}`);
      }
    }
  };
  // Fetches are wherever a node has an operation; the kinds of nodes around them do not matter.
  JSON.stringify(plan, (key, value: unknown) => {
    if (key === "operation" && typeof value === "string") {
      visit(parse(value, { noLocation: true }), {
        InlineFragment: {
          enter: ({ typeCondition, selectionSet }) =>
            typeCondition === undefined ? undefined : addFields(typeCondition.name.value, selectionSet),
        },
        FragmentDefinition: {
          enter: ({ typeCondition, selectionSet }) => addFields(typeCondition.name.value, selectionSet),
        },
      });
    }
    return value;
  });
  return asked;
}

export function isAsked(askedFields: ReadonlySet<string>, typeName: string, planKey: string): boolean {
  return askedFields.has(`${typeName} ${planKey}`) || askedFields.has(`${typeName} ${ANY_FIELD}`);
}
