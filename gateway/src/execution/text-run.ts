import { invariant } from "@alliance-hub/shared/invariant";
import { printString } from "./json-text";
import { leafPattern, TYPE_NAME } from "./leaf-pattern";
import { PATTERN_POOL } from "./pattern-pool";
import type { FieldReader } from "./selection-reader";

/** A leaf in an answer's text. */
export interface TextLeaf {
  readonly planKey: string;
  /** Of the object: what the pattern's group holds is the name itself. */
  readonly isTypename: boolean;
  /** Stands in place of whatever was answered. */
  readonly constant: string | undefined;
}

/** A compiled pattern, until the pool forgets all. */
interface CompiledPattern {
  readonly regex: RegExp;
  readonly generation: number;
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/**
 * Leaves of an object that follow one another in the text, with everything around them: one sticky regular expression, with a
 * group for each leaf. It ends where an object or list begins, or with the object.
 */
export class TextRun {
  readonly leaves: readonly TextLeaf[];
  readonly #parts: readonly (string | FieldReader)[];
  #plain: CompiledPattern | undefined;
  #escaped: CompiledPattern | undefined;

  /** @param parts text as it stands, and leaves */
  constructor(parts: readonly (string | FieldReader)[]) {
    this.#parts = parts;
    this.leaves = parts.flatMap((part) => (typeof part === "string" ? [] : [createLeaf(part)]));
  }

  /** Of the run; `lastIndex` says where it is to match. */
  patternFor(hasEscapes: boolean): RegExp {
    const known = hasEscapes ? this.#escaped : this.#plain;
    if (known !== undefined && known.generation === PATTERN_POOL.generation) {
      return known.regex;
    }
    const regex = PATTERN_POOL.compile(this.#print(hasEscapes), this.leaves.length);
    const compiled = { regex, generation: PATTERN_POOL.generation };
    if (hasEscapes) {
      this.#escaped = compiled;
    } else {
      this.#plain = compiled;
    }
    return regex;
  }

  #print(hasEscapes: boolean): string {
    return this.#parts
      .map((part) => (typeof part === "string" ? part.replace(/[[\]{}]/g, "\\$&") : patternOf(part, hasEscapes)))
      .join("");
  }
}

function createLeaf(field: FieldReader): TextLeaf {
  const { planKey, constant } = field;
  const isTypename = planKey === "__typename";
  return { planKey, isTypename, constant: constant === undefined || isTypename ? constant : printString(constant) };
}

function patternOf(field: FieldReader, hasEscapes: boolean): string {
  const pattern = field.planKey === "__typename" ? TYPE_NAME : leafPattern(field.type, hasEscapes);
  invariant(pattern !== undefined, "a leaf without a pattern is not read from text");
  return pattern;
}

/** Whether a field's name and value can be matched at all. */
export function isMatchable(field: FieldReader): boolean {
  const hasPattern =
    field.selection === undefined ? leafPattern(field.type, false) !== undefined : field.constant === undefined;
  return hasPattern && NAME.test(field.responseKey);
}
