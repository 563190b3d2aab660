import { InvariantViolation } from "@alliance-hub/shared/invariant";
import type { RequiresNode } from "../planning/plan-node";
import type { TypeConditions } from "../planning/type-conditions";
import { parseLeafData } from "./leaf-data";
import { createObjectData, isObjectData, type ObjectData } from "./object-data";
import { typenameOf } from "./selection-reader";

/** What a subgraph must be told of an entity: its key and the fields that another one computes with. */
export interface RequiredSelection {
  readonly fields: readonly RequiredField[];
  readonly fragments: readonly { readonly typeCondition: string; readonly required: RequiredSelection }[];
}

interface RequiredField {
  /** Where the value stands in the data. */
  readonly planKey: string;
  /** What the subgraph calls it. */
  readonly name: string;
  readonly selection: RequiredSelection | undefined;
}

export function compileRequires(selections: readonly RequiresNode[]): RequiredSelection {
  const fields: RequiredField[] = [];
  const fragments: RequiredSelection["fragments"][number][] = [];
  for (const selection of selections) {
    if (selection.kind === "Field") {
      const hasSelections = selection.selections !== undefined && selection.selections.length > 0;
      fields.push({
        planKey: selection.name,
        name: selection.alias ?? selection.name,
        selection: hasSelections ? compileRequires(selection.selections ?? []) : undefined,
      });
    } else if (selection.kind === "InlineFragment") {
      fragments.push({ typeCondition: selection.typeCondition, required: compileRequires(selection.selections) });
    } else {
      throw new InvariantViolation("the planner writes fragments of @requires out");
    }
  }
  return { fields, fragments };
}

/**
 * The representation of an entity, or undefined when it cannot be fetched: its type is not wanted, its key is null, or a
 * required value is missing because the fetch that should have brought it failed. Null is a value like any other for a
 * required field, but an entity of which nothing is known but nulls has no key.
 */
export function buildRepresentation(
  required: RequiredSelection,
  entity: ObjectData,
  typeConditions: TypeConditions,
): ObjectData | undefined {
  const representation = createObjectData();
  if (!copyRequired(required, entity, representation, typeConditions)) {
    return undefined;
  }
  const { __typename: typeName, ...facts } = representation;
  if (typeof typeName !== "string" || Object.values(facts).every((value) => value === null)) {
    return undefined;
  }
  return representation;
}

/** False when a value is missing. */
function copyRequired(
  required: RequiredSelection,
  source: ObjectData,
  target: ObjectData,
  typeConditions: TypeConditions,
): boolean {
  for (const { planKey, name, selection } of required.fields) {
    const value = source[planKey];
    if (value === undefined) {
      return false;
    }
    const copy = selection === undefined ? copyLeaf(planKey, value) : copyNested(selection, value, typeConditions);
    if (copy === undefined) {
      return false;
    }
    target[name] = copy;
  }
  const typeName = typenameOf(source);
  return required.fragments.every(
    ({ typeCondition, required: inner }) =>
      (typeName !== undefined && !typeConditions.matches(typeName, typeCondition)) ||
      copyRequired(inner, source, target, typeConditions),
  );
}

/** Undefined for what no scalar is: printing it for the next subgraph would exhaust the stack, and fail the whole operation. */
function copyLeaf(planKey: string, value: unknown): unknown {
  return planKey === "__typename" ? value : parseLeafData(value);
}

function copyNested(selection: RequiredSelection, value: unknown, typeConditions: TypeConditions): unknown {
  if (Array.isArray(value)) {
    const copies = value.map((item) => copyNested(selection, item, typeConditions));
    return copies.includes(undefined) ? undefined : copies;
  }
  if (!isObjectData(value)) {
    return value === null ? null : undefined;
  }
  const copy = createObjectData();
  const typeName = typenameOf(value);
  if (selection.fragments.length > 0 && typeName !== undefined) {
    // Which of the fragments' types it is: without it the subgraph cannot tell a union's members apart.
    copy["__typename"] = typeName;
  }
  return copyRequired(selection, value, copy, typeConditions) ? copy : undefined;
}
