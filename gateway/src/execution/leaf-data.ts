import { printJson } from "./json-text";
import { isPrintable } from "./leaf-values";

/** Stands for a value that cannot be printed as JSON: too deep, or a number that JSON has no word for. */
const UNPRINTABLE = Symbol("unprintable");

/** Lists in one another that are looked into; a deeper leaf is hostile, and following it would exhaust the stack. */
const MAX_LIST_DEPTH = 64;

/**
 * A leaf as the data keeps it: JSON text as `JSON.stringify` would print it, null, or a list of leaves. Most leaves are
 * printed for a client or for the next subgraph, and nothing else: kept as text they are printed once, or never, where the
 * text of the answer can be taken as it is (see TextSelection).
 */
export type LeafData = string | null | typeof UNPRINTABLE | readonly LeafData[];

/** @param value from a parsed answer; not undefined */
export function toLeafData(value: unknown, listDepth = 0): LeafData {
  if (typeof value === "string") {
    return printJson(value);
  }
  if (value === null) {
    return null;
  }
  if (Array.isArray(value)) {
    return listDepth < MAX_LIST_DEPTH ? value.map((item) => toLeafData(item, listDepth + 1)) : UNPRINTABLE;
  }
  const isJson = typeof value === "number" || typeof value === "boolean" || typeof value === "object";
  return isJson && isPrintable(value) ? printJson(value) : UNPRINTABLE;
}

/** The value again; undefined for what cannot be printed, and for an object of the data, which is no leaf. */
export function parseLeafData(data: unknown): unknown {
  if (typeof data === "string") {
    return parseText(data);
  }
  if (!Array.isArray(data)) {
    return data === null ? null : undefined;
  }
  const items = data.map(parseLeafData);
  return items.includes(undefined) ? undefined : items;
}

/** Most are short strings without escapes, for which the parser is not needed. */
function parseText(text: string): unknown {
  return text.startsWith('"') && !text.includes("\\") ? text.slice(1, -1) : JSON.parse(text);
}

/** JSON text of a leaf; undefined for what cannot be printed, and for an object of the data. */
export function printLeafData(data: unknown): string | undefined {
  if (typeof data === "string") {
    return data;
  }
  if (!Array.isArray(data)) {
    return data === null ? "null" : undefined;
  }
  const items = data.map(printLeafData);
  return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
}
