/** Bounds of what JSON text becomes in memory. */
export interface StructureLimits {
  /** Objects and lists inside one another. */
  readonly maxDepth: number;
  /** Items of one list, or fields of one object. */
  readonly maxItems: number;
  /** Values of the whole answer, of any kind. */
  readonly maxValues: number;
}

export const DEFAULT_STRUCTURE_LIMITS: StructureLimits = { maxDepth: 128, maxItems: 100_000, maxValues: 1_000_000 };

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export type StructureFault = "depth" | "items" | "values";

/**
 * The limit that JSON text exceeds, without parsing it: two bytes of `[]` become some forty in memory, so text that is well
 * within the limit of bytes can exhaust the process. Text that is no JSON is not noticed; the parser does that.
 */
export function findStructureFault(text: string, limits: StructureLimits): StructureFault | undefined {
  const commas = [0];
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case QUOTE:
        index = findStringEnd(text, index);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        values += 1;
        commas[depth] = 0;
        if (depth > limits.maxDepth) {
          return "depth";
        }
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth = Math.max(0, depth - 1);
        break;
      case COMMA: {
        values += 1;
        const items = (commas[depth] ?? 0) + 2;
        commas[depth] = items - 1;
        if (items > limits.maxItems) {
          return "items";
        }
        break;
      }
    }
    if (values > limits.maxValues) {
      return "values";
    }
  }
  return undefined;
}

/** Where the string that begins here ends: at a quote that no backslash escapes. */
function findStringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
  }
  return text.length;
}
