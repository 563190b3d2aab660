import type { TypeConditions } from "../planning/type-conditions";
import { printJson, printString } from "./json-text";
import { printLeafData } from "./leaf-data";
import { isObjectData, type ObjectData } from "./object-data";
import { buildRepresentation, type RequiredSelection } from "./representation";
import { type Rewrite, rewriteRepresentation } from "./rewrites";
import { typenameOf } from "./selection-reader";

/**
 * The representation of an entity as JSON text, which is its identity as well: two places with the same text are one
 * entity. Undefined when it cannot be fetched (see buildRepresentation).
 */
export type RepresentationPrinter = (entity: ObjectData, typeConditions: TypeConditions) => string | undefined;

/** Of an object: what was found of it. */
interface PrintedFields {
  readonly text: string;
  /** Whether something besides its type is not null. */
  readonly hasKey: boolean;
}

type FieldsPrinter = (source: ObjectData) => PrintedFields | undefined;

/**
 * Compiles what a fetch requires of its entities. Nearly always that is a type condition with some fields in it, which are
 * printed without building an object; for anything else (fields of several conditions at once, rewrites) the object is
 * built and printed, with the same text.
 */
export function compileRepresentationPrinter(
  required: RequiredSelection,
  rewrites: readonly Rewrite[],
): RepresentationPrinter {
  const printPlain: RepresentationPrinter = (entity, typeConditions) => {
    const representation = buildRepresentation(required, entity, typeConditions);
    if (representation === undefined) {
      return undefined;
    }
    for (const rewrite of rewrites) {
      rewriteRepresentation(representation, rewrite, typeConditions);
    }
    return JSON.stringify(representation);
  };
  const fragments = required.fragments.map(({ typeCondition, required: inner }) => ({
    typeCondition,
    print: compileFields(inner),
  }));
  if (rewrites.length > 0 || required.fields.length > 0 || fragments.some(({ print }) => print === undefined)) {
    return printPlain;
  }
  return (entity, typeConditions) => {
    const typeName = typenameOf(entity);
    if (typeName === undefined) {
      return undefined;
    }
    let chosen: FieldsPrinter | undefined;
    for (const { typeCondition, print } of fragments) {
      if (typeConditions.matches(typeName, typeCondition)) {
        if (chosen !== undefined) {
          return printPlain(entity, typeConditions);
        }
        chosen = print;
      }
    }
    const printed = chosen?.(entity);
    return printed?.hasKey ? `{${printed.text}}` : undefined;
  };
}

/** Undefined for a selection with fragments, or with a name twice. The first field must be the type. */
function compileFields({ fields, fragments }: RequiredSelection): FieldsPrinter | undefined {
  const isTyped = fields.some(({ planKey, name }) => planKey === "__typename" && name === "__typename");
  return isTyped ? compileNested({ fields, fragments }) : undefined;
}

function compileNested({ fields, fragments }: RequiredSelection): FieldsPrinter | undefined {
  if (fragments.length > 0 || fields.length === 0 || new Set(fields.map(({ name }) => name)).size < fields.length) {
    return undefined;
  }
  const steps: { planKey: string; head: string; isType: boolean; nested: FieldsPrinter | undefined }[] = [];
  for (const { planKey, name, selection } of fields) {
    const nested = selection && compileNested(selection);
    if (selection !== undefined && nested === undefined) {
      return undefined;
    }
    const head = `${steps.length === 0 ? "" : ","}${printString(name)}:`;
    steps.push({ planKey, head, isType: name === "__typename", nested });
  }
  return (source) => {
    let text = "";
    let hasKey = false;
    for (const { planKey, head, isType, nested } of steps) {
      const value = source[planKey];
      if (value === undefined) {
        return undefined;
      }
      const printed = nested === undefined ? printLeaf(planKey, value) : printNested(nested, value);
      if (printed === undefined) {
        return undefined;
      }
      hasKey ||= !isType && value !== null;
      text += head + printed;
    }
    return { text, hasKey };
  };
}

/** Undefined for what no scalar is (see buildRepresentation). */
function printLeaf(planKey: string, value: unknown): string | undefined {
  return planKey === "__typename" ? printJson(value) : printLeafData(value);
}

function printNested(print: FieldsPrinter, value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => printNested(print, item));
    return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
  }
  if (!isObjectData(value)) {
    return value === null ? "null" : undefined;
  }
  const printed = print(value);
  return printed && `{${printed.text}}`;
}
