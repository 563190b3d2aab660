import type { TypeConditions } from "../planning/type-conditions";
import { readLeafMatch } from "./leaf-match";
import { createObjectData, type ObjectData } from "./object-data";
import {
  type FieldReader,
  type FragmentReader,
  MAX_LIST_DEPTH,
  type SelectionReader,
  typenameOf,
} from "./selection-reader";
import { isMatchable, TextRun } from "./text-run";

/** An answer's text and how far it has been read. */
export interface TextScan {
  readonly text: string;
  /** Of the next character. */
  position: number;
  /** Whether the text has a backslash at all; most have none, and are matched faster. */
  readonly hasEscapes: boolean;
  readonly typeConditions: TypeConditions;
}

interface TextPart {
  readonly run: TextRun;
  /** What follows the run; undefined for the last one. */
  readonly nested: { readonly planKey: string; readonly selection: TextSelection } | undefined;
}

/** What an object of one type looks like in an answer. */
export interface TextShape {
  readonly parts: readonly TextPart[];
  readonly leafKeys: readonly string[];
  readonly nestedKeys: readonly string[];
}

const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const NULL = "null";

const LEADING_TYPENAME = /\{"__typename":"([_A-Za-z][_0-9A-Za-z]*)"/y;

/**
 * Reads objects straight from an answer's text, if they have exactly the fields that were asked for, in the order of the
 * operation (GraphQL specification 6.3.2), without white space. Anything else it declines; then the parser reads the
 * text, and readObject what it parsed. So what was not asked for does not get past it, either.
 */
export class TextSelection {
  readonly #reader: SelectionReader;
  /** By the object's type; under "" where no fragment depends on it. Undefined for one that cannot be matched. */
  readonly #shapes = new Map<string, TextShape | undefined>();
  readonly #isTyped: boolean;
  readonly #beginsWithTypename: boolean;

  constructor(reader: SelectionReader) {
    const { fields, fragments } = reader;
    this.#reader = reader;
    this.#isTyped = fragments.length > 0;
    this.#beginsWithTypename =
      fields[0]?.responseKey === "__typename" &&
      fields[0].planKey === "__typename" &&
      fields[0].constant === undefined &&
      fragments.every(({ after }) => after > 0);
  }

  /**
   * What objects of a type look like; undefined when they are not read from text.
   * @param typeName undefined when it is not known
   */
  shapeFor(typeName: string | undefined, typeConditions: TypeConditions): TextShape | undefined {
    const isTyped = this.#isTyped;
    // Names that the schema does not have come from a subgraph: a shape for each of them would be its way to our memory.
    if (isTyped && (typeName === undefined || !typeConditions.isObjectType(typeName))) {
      return undefined;
    }
    const key = isTyped && typeName !== undefined ? typeName : "";
    if (!this.#shapes.has(key)) {
      this.#shapes.set(key, compileShape(mergeFields(this.#reader, key, typeConditions)));
    }
    return this.#shapes.get(key);
  }

  /** The object or null at the scan's position; undefined for anything else, and for a list. */
  read(scan: TextScan): ObjectData | null | undefined {
    const { typeName: expected } = this.#reader;
    let typeName = expected;
    if (expected === undefined && this.#isTyped) {
      typeName = this.#beginsWithTypename ? peekTypename(scan) : undefined;
    }
    const shape = this.shapeFor(typeName, scan.typeConditions);
    const object = shape && readShape(shape, scan);
    // One that calls itself otherwise has other fragments, which is for readObject to find out.
    const isOther =
      this.#isTyped && expected !== undefined && object !== undefined && isCalledOtherwise(object, expected);
    return isOther ? undefined : object;
  }

  readValue(scan: TextScan, listDepth = 0): unknown {
    switch (scan.text.charCodeAt(scan.position)) {
      case OPEN_OBJECT:
        return this.read(scan);
      case OPEN_LIST:
        return listDepth < MAX_LIST_DEPTH ? this.#readList(scan, listDepth) : undefined;
      default:
        return readNull(scan);
    }
  }

  #readList(scan: TextScan, listDepth: number): unknown {
    const items: unknown[] = [];
    scan.position += 1;
    if (scan.text.charCodeAt(scan.position) === CLOSE_LIST) {
      scan.position += 1;
      return items;
    }
    for (;;) {
      const item = this.readValue(scan, listDepth + 1);
      if (item === undefined) {
        return undefined;
      }
      items.push(item);
      const next = scan.text.charCodeAt(scan.position);
      scan.position += 1;
      if (next === CLOSE_LIST) {
        return items;
      }
      if (next !== COMMA) {
        return undefined;
      }
    }
  }
}

/** An object at the scan's position; undefined when it looks otherwise. */
export function readShape(shape: TextShape, scan: TextScan): ObjectData | undefined {
  const object = createObjectData();
  for (const { run, nested } of shape.parts) {
    const pattern = run.patternFor(scan.hasEscapes);
    pattern.lastIndex = scan.position;
    const match = pattern.exec(scan.text);
    if (match === null) {
      return undefined;
    }
    scan.position = pattern.lastIndex;
    const { leaves } = run;
    for (let index = 0; index < leaves.length; index += 1) {
      const { planKey, isTypename, constant } = leaves[index] as (typeof leaves)[number];
      const text = match[index + 1] as string;
      object[planKey] = constant ?? (isTypename ? text : readLeafMatch(text, scan.hasEscapes));
    }
    if (nested !== undefined) {
      const value = nested.selection.readValue(scan);
      if (value === undefined) {
        return undefined;
      }
      object[nested.planKey] = value;
    }
  }
  return object;
}

/** Null, or undefined for anything else. */
export function readNull(scan: TextScan): null | undefined {
  if (!scan.text.startsWith(NULL, scan.position)) {
    return undefined;
  }
  scan.position += NULL.length;
  return null;
}

function isCalledOtherwise(object: ObjectData, typeName: string): boolean {
  const told = typenameOf(object);
  return told !== undefined && told !== typeName;
}

function peekTypename(scan: TextScan): string | undefined {
  LEADING_TYPENAME.lastIndex = scan.position;
  return LEADING_TYPENAME.exec(scan.text)?.[1];
}

/** The fields of one type, in the order of an answer. */
function mergeFields(
  reader: SelectionReader,
  typeName: string,
  typeConditions: TypeConditions,
): Map<string, FieldReader[]> {
  const merged = new Map<string, FieldReader[]>();
  const visitReader = ({ fields, fragments }: SelectionReader) => {
    for (let index = 0; index <= fields.length; index += 1) {
      for (const fragment of fragments) {
        if (fragment.after === index && typeConditions.matches(typeName, fragment.typeCondition)) {
          visitReader(fragment.reader);
        }
      }
      const field = fields[index];
      if (field !== undefined) {
        merged.set(field.responseKey, [...(merged.get(field.responseKey) ?? []), field]);
      }
    }
  };
  visitReader(reader);
  return merged;
}

function compileShape(merged: ReadonlyMap<string, readonly FieldReader[]>): TextShape | undefined {
  const parts: TextPart[] = [];
  const leafKeys: string[] = [];
  const nestedKeys: string[] = [];
  let pieces: (string | FieldReader)[] = ["{"];
  let isFirst = true;
  for (const [responseKey, fields] of merged) {
    const [field] = fields;
    if (field === undefined || !fields.every((other) => isMatchable(other) && isSameField(other, field))) {
      return undefined;
    }
    pieces.push(`${isFirst ? "" : ","}"${responseKey}":`);
    isFirst = false;
    if (field.selection === undefined) {
      leafKeys.push(field.planKey);
      pieces.push(field);
    } else {
      nestedKeys.push(field.planKey);
      const selection = new TextSelection(mergeSelections(fields));
      parts.push({ run: new TextRun(pieces), nested: { planKey: field.planKey, selection } });
      pieces = [];
    }
  }
  if (new Set([...leafKeys, ...nestedKeys]).size < merged.size) {
    return undefined;
  }
  parts.push({ run: new TextRun([...pieces, "}"]), nested: undefined });
  return { parts, leafKeys, nestedKeys };
}

function isSameField(field: FieldReader, other: FieldReader): boolean {
  return (
    field.planKey === other.planKey &&
    field.constant === other.constant &&
    (field.selection === undefined) === (other.selection === undefined)
  );
}

/** The selections of one field in several fragments, one after the other as in an answer. */
function mergeSelections(occurrences: readonly FieldReader[]): SelectionReader {
  const fields: FieldReader[] = [];
  const fragments: FragmentReader[] = [];
  const selections = occurrences.flatMap(({ selection }) => selection ?? []);
  for (const selection of selections) {
    const before = fields.length;
    fragments.push(...selection.fragments.map((fragment) => ({ ...fragment, after: fragment.after + before })));
    fields.push(...selection.fields);
  }
  return { typeName: selections[0]?.typeName, fields, fragments };
}
