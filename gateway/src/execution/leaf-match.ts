import { type LeafData, toLeafData } from "./leaf-data";

const QUOTE = 0x22;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const OPEN_LIST = 0x5b;
const LETTER_N = 0x6e;

/** Digits that every double keeps. */
const SAFE_DIGITS = 15;

/**
 * What a leaf's text, matched by leafPattern, is in the data: the same as if it had been parsed and printed, which it is
 * where the text may not be as `JSON.stringify` prints it.
 */
export function readLeafMatch(text: string, hasEscapes: boolean): LeafData {
  const first = text.charCodeAt(0);
  if (first === QUOTE) {
    return hasEscapes && text.includes("\\") ? toLeafData(JSON.parse(text)) : text;
  }
  if (first === LETTER_N) {
    return null;
  }
  const isNumber = first === MINUS || (first >= DIGIT_0 && first <= DIGIT_9);
  return first === OPEN_LIST || (isNumber && !isPlainInteger(text)) ? toLeafData(JSON.parse(text)) : text;
}

/** Of a JSON number: digits only, not too many of them, and not `-0`. */
function isPlainInteger(text: string): boolean {
  if (text.length > SAFE_DIGITS || text === "-0") {
    return false;
  }
  for (let index = 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < DIGIT_0 || code > DIGIT_9) {
      return false;
    }
  }
  return true;
}
