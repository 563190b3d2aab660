import type { TypeConditions } from "../planning/type-conditions";
import type { TextScan } from "./text-selection";

const HEAD = '{"data":';
const END = /\}[\t\n\r ]*$/y;
const EXTENSIONS = ',"extensions":';

/**
 * Reads an answer's text if it has data, no errors, and nothing else but extensions (GraphQL specification 7.1).
 * @param text well-formed Unicode, as decoded UTF-8 is
 * @param readData called where the value of `data` begins; undefined when it declines
 * @returns undefined when the text is not as it is expected, be it right or wrong: then the parser has to read it
 */
export function readAnswerText<T>(
  text: string,
  typeConditions: TypeConditions,
  readData: (scan: TextScan) => T | undefined,
): T | undefined {
  if (!text.startsWith(HEAD)) {
    return undefined;
  }
  const scan: TextScan = { text, position: HEAD.length, hasEscapes: text.includes("\\"), typeConditions };
  try {
    const read = readData(scan);
    return read !== undefined && isAtEnd(scan) ? read : undefined;
  } catch (error) {
    // A pattern ran out of stack: a list of a million leaves. The parser takes it.
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function isAtEnd({ text, position }: TextScan): boolean {
  END.lastIndex = position;
  return END.test(text) || (text.startsWith(EXTENSIONS, position) && hasNoMore(`{${text.slice(position + 1)}`));
}

/** Whether what follows the data is valid, and neither errors nor another `data`, which would replace the first. */
function hasNoMore(rest: string): boolean {
  try {
    return Object.keys(JSON.parse(rest)).every((key) => key === "extensions");
  } catch {
    return false;
  }
}
