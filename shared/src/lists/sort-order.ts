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

const MAX_CURSOR_LENGTH = 1_000;

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

function isKeyOfType(key: string, sqlType: SortOrder<never>["sqlType"]): boolean {
  switch (sqlType) {
    case "timestamptz":
      return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}Z$/.test(key) && !Number.isNaN(Date.parse(key));
    case "date":
      return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(key) && !Number.isNaN(Date.parse(key));
    case "bigint":
      return /^-?[0-9]{1,18}$/.test(key);
    case "text":
      return true;
  }
}
