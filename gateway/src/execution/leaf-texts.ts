import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from "graphql";
import { printString } from "./json-text";

/**
 * A leaf's JSON text as the client gets it: the same as the LeafReader of its type does, without parsing. Undefined when it
 * is not a value of the type.
 */
export type LeafTextReader = (text: string) => string | undefined;

const QUOTE = 0x22;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Integers of so many characters are Ints without looking at their value. */
const SAFE_LENGTH = 9;

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

const BUILT_IN_READERS: Readonly<Record<string, LeafTextReader>> = {
  Int: (text) => {
    if (!isNumber(text)) {
      return undefined;
    }
    if (text.length <= SAFE_LENGTH) {
      return isInteger(text) ? text : undefined;
    }
    const value = Number(text);
    return Number.isInteger(value) && value >= MIN_INT && value <= MAX_INT ? text : undefined;
  },
  Float: (text) => (isNumber(text) ? text : undefined),
  String: (text) => (text.charCodeAt(0) === QUOTE ? text : undefined),
  Boolean: (text) => (text === "true" || text === "false" ? text : undefined),
  ID: (text) => {
    if (text.charCodeAt(0) === QUOTE) {
      return text;
    }
    return isNumber(text) && Number.isInteger(Number(text)) ? `"${text}"` : undefined;
  },
};

/** Undefined for a custom scalar: any JSON is one. */
export function createLeafTextReader(type: GraphQLLeafType): LeafTextReader | undefined {
  if (isEnumType(type)) {
    const texts = new Set(type.getValues().map((value) => printString(value.name)));
    return (text) => (texts.has(text) ? text : undefined);
  }
  return isSpecifiedScalarType(type) ? BUILT_IN_READERS[type.name] : undefined;
}

function isNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === MINUS || (first >= DIGIT_0 && first <= DIGIT_9);
}

/** Of a number as it is printed. Short ones with an exponent (`1e-7`) are no integers; `1e21` is printed for none that is short. */
function isInteger(text: string): boolean {
  for (let index = 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < DIGIT_0 || code > DIGIT_9) {
      return false;
    }
  }
  return true;
}
