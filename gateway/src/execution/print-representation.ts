import type { TypeConditions } from "../planning/type-conditions";
import { printString } from "./json-text";
import { printLeafData } from "./leaf-data";
import { isObjectData, type ObjectData } from "./object-data";
import { buildRepresentation, type RequiredSelection } from "./representation";
import { type Rewrite, rewriteRepresentation } from "./rewrites";
import { typenameOf } from "./selection-reader";

/** The representation of an entity as JSON text. Both are undefined for one that cannot be fetched (see buildRepresentation). */
export interface RepresentationPrinter {
  print(entity: ObjectData, typeConditions: TypeConditions): string | undefined;
  /** The same text for two entities exactly when they have the same representation; shorter, and so cheaper to look up. */
  identify(entity: ObjectData, typeConditions: TypeConditions): string | undefined;
}

type EntityPrinter = RepresentationPrinter["print"];

interface FieldStep {
  readonly planKey: string;
  /** What stands before the value: a comma, the name, a colon. */
  readonly head: string;
  readonly isType: boolean;
  /** Undefined for a leaf. */
  readonly nested: readonly FieldStep[] | undefined;
}

interface PrintedFragment {
  readonly typeCondition: string;
  /** The type's name as it is printed nearly always. */
  readonly typeText: string;
  readonly steps: readonly FieldStep[];
}

/** Stands in no JSON text and in no name. */
const SEPARATOR = "\0";

/**
 * Compiles what a fetch requires of its entities. Nearly always that is a type condition with some fields in it, which are
 * printed without building an object; for anything else (fields of several conditions at once, rewrites) the object is
 * built and printed, with the same text.
 */
export function compileRepresentationPrinter(
  required: RequiredSelection,
  rewrites: readonly Rewrite[],
): RepresentationPrinter {
  const printPlain: EntityPrinter = (entity, typeConditions) => {
    const representation = buildRepresentation(required, entity, typeConditions);
    if (representation === undefined) {
      return undefined;
    }
    for (const rewrite of rewrites) {
      rewriteRepresentation(representation, rewrite, typeConditions);
    }
    return JSON.stringify(representation);
  };
  const fragments = required.fragments.flatMap(({ typeCondition, required: inner }): PrintedFragment[] => {
    const steps = compileFields(inner);
    return steps === undefined ? [] : [{ typeCondition, typeText: printString(typeCondition), steps }];
  });
  if (rewrites.length > 0 || required.fields.length > 0 || fragments.length < required.fragments.length) {
    return { print: printPlain, identify: printPlain };
  }
  return {
    print: choosePrinter(fragments, printPlain, printFragment),
    identify: choosePrinter(
      fragments,
      printPlain,
      fragments.length === 1 ? identifyInFragment : identifyAmongFragments,
    ),
  };
}

/** Prints by the fragment that applies; plainly where several do. */
function choosePrinter(
  fragments: readonly PrintedFragment[],
  printPlain: EntityPrinter,
  print: (fragment: PrintedFragment, entity: ObjectData, typeName: string) => string | undefined,
): EntityPrinter {
  return (entity, typeConditions) => {
    const typeName = typenameOf(entity);
    if (typeName === undefined) {
      return undefined;
    }
    let chosen: PrintedFragment | undefined;
    for (const fragment of fragments) {
      if (typeConditions.matches(typeName, fragment.typeCondition)) {
        if (chosen !== undefined) {
          return printPlain(entity, typeConditions);
        }
        chosen = fragment;
      }
    }
    return chosen && print(chosen, entity, typeName);
  };
}

function printFragment({ steps, typeText, typeCondition }: PrintedFragment, entity: ObjectData, typeName: string) {
  let text = "";
  let hasKey = false;
  for (const { planKey, head, isType, nested } of steps) {
    const isName = isType && typeName === typeCondition;
    const printed = isName ? typeText : printValue(planKey, nested, entity[planKey]);
    if (printed === undefined) {
      return undefined;
    }
    // An entity of which nothing is known but nulls has no key.
    hasKey ||= !isType && printed !== "null";
    text += head + printed;
  }
  return hasKey ? `{${text}}` : undefined;
}

/** The values alone: their names and their number are the same for all. */
function identifyInFragment({ steps, typeCondition }: PrintedFragment, entity: ObjectData, typeName: string) {
  let text = "";
  let hasKey = false;
  for (const { planKey, isType, nested } of steps) {
    if (isType) {
      continue;
    }
    const printed = printValue(planKey, nested, entity[planKey]);
    if (printed === undefined) {
      return undefined;
    }
    hasKey ||= printed !== "null";
    text = text === "" ? printed : `${text},${printed}`;
  }
  if (!hasKey) {
    return undefined;
  }
  return typeName === typeCondition ? text : `${typeName}${SEPARATOR}${text}`;
}

function identifyAmongFragments(fragment: PrintedFragment, entity: ObjectData, typeName: string) {
  const text = identifyInFragment(fragment, entity, typeName);
  return text && `${fragment.typeCondition}${SEPARATOR}${text}`;
}

/** Undefined for a selection with fragments, or with a name twice. One of its fields must be the type. */
function compileFields({ fields, fragments }: RequiredSelection): FieldStep[] | undefined {
  const isTyped = fields.some(({ planKey, name }) => planKey === "__typename" && name === "__typename");
  return isTyped ? compileNested({ fields, fragments }) : undefined;
}

function compileNested({ fields, fragments }: RequiredSelection): FieldStep[] | undefined {
  if (fragments.length > 0 || fields.length === 0 || new Set(fields.map(({ name }) => name)).size < fields.length) {
    return undefined;
  }
  const steps: FieldStep[] = [];
  for (const { planKey, name, selection } of fields) {
    const nested = selection && compileNested(selection);
    if (selection !== undefined && nested === undefined) {
      return undefined;
    }
    const head = `${steps.length === 0 ? "" : ","}${printString(name)}:`;
    steps.push({ planKey, head, isType: name === "__typename", nested });
  }
  return steps;
}

function printValue(planKey: string, nested: readonly FieldStep[] | undefined, value: unknown): string | undefined {
  return nested === undefined ? printLeaf(planKey, value) : printNested(nested, value);
}

/** Undefined for what is missing, and for what no scalar is (see buildRepresentation). */
function printLeaf(planKey: string, value: unknown): string | undefined {
  if (typeof value === "string") {
    return planKey === "__typename" ? printString(value) : value;
  }
  return printLeafData(value);
}

function printNested(steps: readonly FieldStep[], value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => printNested(steps, item));
    return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
  }
  if (!isObjectData(value)) {
    return value === null ? "null" : undefined;
  }
  let text = "";
  for (const { planKey, head, nested } of steps) {
    const printed = printValue(planKey, nested, value[planKey]);
    if (printed === undefined) {
      return undefined;
    }
    text += head + printed;
  }
  return `{${text}}`;
}
