import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import type { Page } from "./connection";
import type { PageRequest } from "./page-args";
import { decodeCursor, encodeCursor, type SortOrder } from "./sort-order";

/** The rows that a list may show to this caller: alias, joins, WHERE; no ORDER BY, no LIMIT. Made anew for each statement. */
export type ListQuery<Row extends ObjectLiteral> = () => SelectQueryBuilder<Row>;

/**
 * Reads one page by keyset: one statement, plus one when the total is asked for. A walk over an unchanged list meets each
 * row exactly once, in either direction.
 */
export async function readPage<Row extends ObjectLiteral & { id: string }>(
  list: ListQuery<Row>,
  order: SortOrder<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const query = list();
  applyKeyset(query, order, request);
  const rows = await query
    .take(undefined)
    .limit(request.size + 1)
    .getMany();
  return makePage(rows, order, request, () => list().getCount());
}

/** Adds bounds and ORDER BY of a page. */
export function applyKeyset<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  order: SortOrder<Row>,
  request: PageRequest,
): void {
  const key = sqlKey(order);
  const id = `${query.alias}.id`;
  const comparison = {
    forward: order.direction === "ASC" ? ">" : "<",
    backward: order.direction === "ASC" ? "<" : ">",
  };
  if (request.after !== undefined) {
    const place = decodeCursor(order, request.after, "after");
    query.andWhere(`(${key}, ${id}) ${comparison.forward} (:afterKey::${order.sqlType}, :afterId)`, {
      afterKey: place.key,
      afterId: place.id,
    });
  }
  if (request.before !== undefined) {
    const place = decodeCursor(order, request.before, "before");
    query.andWhere(`(${key}, ${id}) ${comparison.backward} (:beforeKey::${order.sqlType}, :beforeId)`, {
      beforeKey: place.key,
      beforeId: place.id,
    });
  }
  const direction = sqlDirection(order, request);
  query.orderBy(key, direction).addOrderBy(id, direction);
}

/** The sort key as SQL; text compares by code units at every owner, whatever the database's collation. */
export function sqlKey<Row>(order: SortOrder<Row>): string {
  return order.sqlType === "text" ? `${order.expression} COLLATE "C"` : order.expression;
}

/** Direction in which the database reads: backward pages are read from the end and turned round. */
export function sqlDirection<Row>(order: SortOrder<Row>, request: PageRequest): "ASC" | "DESC" {
  return (order.direction === "ASC") === (request.direction === "forward") ? "ASC" : "DESC";
}

/** A page from up to size + 1 rows in reading order: the extra row only proves that there are more. */
export function makePage<Row extends { id: string }>(
  rows: readonly Row[],
  order: SortOrder<Row>,
  request: PageRequest,
  countTotal: () => Promise<number>,
): Page<Row> {
  const isForward = request.direction === "forward";
  const hasMore = rows.length > request.size;
  const shown = rows.slice(0, request.size);
  const edges = (isForward ? shown : shown.reverse()).map((node) => ({ node, cursor: encodeCursor(order, node) }));
  return {
    edges,
    pageInfo: {
      // Relay: the other side is known only from the cursor given, and a cursor means there is something before it.
      hasNextPage: isForward ? hasMore : request.before !== undefined,
      hasPreviousPage: isForward ? request.after !== undefined : hasMore,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    countTotal,
  };
}
