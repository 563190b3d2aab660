import { HubError } from "../hub-error";

/**
 * A total order of a list: (sort key, id), both in the same direction. Every owner of a shared subgraph uses the same
 * order, so a cursor that one of them made is understood by all.
 */
export interface SortOrder<Row> {
  /** Stands in the cursor: a cursor of one list is refused by another. Changes when the order changes. */
  readonly name: string;
  readonly direction: "ASC" | "DESC";
  /** SQL of the sort key, never null, with the query's aliases (`need.published_at`). */
  readonly expression: string;
  /** PostgreSQL type of the key; `text` compares by code units (COLLATE "C"). */
  readonly sqlType: "timestamptz" | "date" | "text" | "bigint";
  /** The key of a row as the text that PostgreSQL reads back. */
  readonly keyOf: (row: Row) => string;
}

/** A place in a list. */
export interface CursorPlace {
  readonly key: string;
  readonly id: string;
}

/** A key that PostgreSQL can index has at most 2 704 bytes; with id and order's name, and as base64, it is shorter than this. */
const MAX_CURSOR_LENGTH = 4_096;

/** base64url of the JSON array [order's name, key, id]. Opaque to clients. */
export function encodeCursor<Row extends { id: string }>(order: SortOrder<Row>, row: Row): string {
  return Buffer.from(JSON.stringify([order.name, order.keyOf(row), row.id])).toString("base64url");
}

/** @throws HubError BAD_USER_INPUT for a cursor of another list or no cursor at all */
export function decodeCursor<Row>(order: SortOrder<Row>, cursor: string, field: string): CursorPlace {
  const parts = parseCursor(cursor);
  if (parts === undefined || parts[0] !== order.name || !isKeyOfType(parts[1], order.sqlType)) {
    throw new HubError("BAD_USER_INPUT", `${field} is not a cursor of this list. Use one that this list returned.`, {
      fields: [field],
    });
  }
  return { key: parts[1], id: parts[2] };
}

function parseCursor(cursor: string): [string, string, string] | undefined {
  if (cursor.length > MAX_CURSOR_LENGTH) {
    return undefined;
  }
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) && parts.length === 3 && parts.every(isPlainText)
      ? (parts as [string, string, string])
      : undefined;
  } catch {
    return undefined;
  }
}

/** PostgreSQL's text holds no NUL. */
function isPlainText(part: unknown): part is string {
  return typeof part === "string" && !part.includes("\0");
}

/** Whether PostgreSQL reads the key as a value of the type: what it refused would look like a fault of ours. */
function isKeyOfType(key: string, sqlType: SortOrder<never>["sqlType"]): boolean {
  switch (sqlType) {
    case "timestamptz":
      return isInstant(key);
    case "date":
      return isInstant(`${key}T00:00:00.000Z`);
    case "bigint":
      return /^-?[0-9]{1,18}$/.test(key);
    case "text":
      return true;
  }
}

/** Only a real instant comes back unchanged: JavaScript takes the 30th of February for a day in March. */
function isInstant(text: string): boolean {
  const instant = new Date(text);
  // PostgreSQL has no year 0, and writes others than those of four digits in another way.
  return /^(?!0000)[0-9]{4}-/.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString() === text;
}
