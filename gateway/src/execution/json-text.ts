/**
 * What JSON writes in another way than it stands there: anything but printable characters without `"` and `\`. Surrogates
 * count as well, because `JSON.stringify` escapes those that stand alone.
 */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** Longer strings are escaped faster by the engine itself. */
const SHORT_LENGTH = 128;

/** The same text as `JSON.stringify`, for most strings without a call into the engine. */
export function printString(text: string): string {
  return text.length <= SHORT_LENGTH && !NEEDS_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** The JSON text of a value that came from JSON. */
export function printJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return printString(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      // As `JSON.stringify`: what is no number in JSON is null, and -0 is 0.
      return Number.isFinite(value) ? String(value) : "null";
    default:
      return JSON.stringify(value) ?? "null";
  }
}
