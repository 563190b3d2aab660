import DataLoader from "dataloader";
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { groupByKey } from "../group-by-key";
import type { LoaderDefinition, RequestContext } from "../request-context";
import type { Page } from "./connection";
import type { PageRequest } from "./page-args";
import { applyKeyset, makePage, sqlDirection, sqlKey } from "./read-page";
import type { SortOrder } from "./sort-order";

/** Which page of which parent's list. */
export interface ParentPage<Filter> {
  readonly parent: string;
  readonly page: PageRequest;
  readonly filter: Filter;
}

/** How the rows of many parents are read. */
export interface ParentList<Row extends ObjectLiteral, Filter> {
  readonly order: SortOrder<Row>;
  /** Rows that the caller may see, joined so that `parentExpression` is at hand. Made anew for each statement. */
  readonly query: (manager: EntityManager, context: RequestContext, filter: Filter) => SelectQueryBuilder<Row>;
  /** SQL of the parent's id or code. */
  readonly parentExpression: string;
  /**
   * Joins the parents where `parentExpression IN (...)` cannot say what belongs to whom: a division and whatever lies inside
   * it. Adds what `parentExpression` needs, and each pair of parent and row once: a pair met twice would fill two places.
   */
  readonly joinParents?: (query: SelectQueryBuilder<Row>, parents: readonly string[], filter: Filter) => void;
}

/**
 * Pages of the lists of many parents: for each distinct page and filter two statements (which rows, then the rows), and one
 * more when totals are asked for, however many parents there are.
 */
export function pageLoader<Row extends ObjectLiteral & { id: string }, Filter>(
  list: ParentList<Row, Filter>,
): LoaderDefinition<ParentPage<Filter>, Page<Row>> {
  return {
    create: (context) => {
      const counts = countLoader(context, list);
      return new DataLoader<ParentPage<Filter>, Page<Row>, string>(
        async (asks) => {
          const pages = new Map<string, Page<Row> | Error>();
          for (const group of groupByKey(asks, signatureOf).values()) {
            try {
              await readGroup(context, list, group, counts, pages);
            } catch (error) {
              // A wrong cursor in one place of the operation is answered there; the other pages of the list are read.
              const failure = error instanceof Error ? error : new Error(String(error));
              for (const ask of group) {
                pages.set(keyOf(ask), failure);
              }
            }
          }
          return asks.map((ask) => pages.get(keyOf(ask)) ?? new Error("a page was not read"));
        },
        { cacheKeyFn: keyOf },
      );
    },
  };
}

async function readGroup<Row extends ObjectLiteral & { id: string }, Filter>(
  context: RequestContext,
  list: ParentList<Row, Filter>,
  group: readonly ParentPage<Filter>[],
  counts: DataLoader<ParentPage<Filter>, number, string>,
  pages: Map<string, Page<Row> | Error>,
): Promise<void> {
  const [sample] = group;
  if (sample === undefined) {
    return;
  }
  const { page, filter } = sample;
  const parents = group.map((ask) => ask.parent);
  const places = await rankRows(context, list, { parents, page, filter });
  const ids = [...new Set(places.map((place) => place.id))];
  const rows = ids.length === 0 ? [] : await loadRows(context, list, filter, ids);
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const placesByParent = groupByKey(places, (place) => place.parent);
  for (const ask of group) {
    const ofParent = (placesByParent.get(ask.parent) ?? []).flatMap((place) => rowById.get(place.id) ?? []);
    pages.set(
      keyOf(ask),
      makePage(ofParent, list.order, page, () => counts.load(ask)),
    );
  }
}

/** Ids of the first size + 1 rows of each parent, in reading order. */
async function rankRows<Row extends ObjectLiteral, Filter>(
  context: RequestContext,
  list: ParentList<Row, Filter>,
  ask: { readonly parents: readonly string[]; readonly page: PageRequest; readonly filter: Filter },
): Promise<{ parent: string; id: string }[]> {
  const { manager } = context.database;
  const query = whereParents(list.query(manager, context, ask.filter), list, ask.parents, ask.filter);
  applyKeyset(query, list.order, ask.page);
  query.orderBy();
  const direction = sqlDirection(list.order, ask.page);
  const rank = `row_number() OVER (PARTITION BY ${list.parentExpression} ORDER BY ${sqlKey(list.order)} ${direction}, ${query.alias}.id ${direction})`;
  query.select(list.parentExpression, "parent").addSelect(`${query.alias}.id`, "id").addSelect(rank, "rank");
  return manager
    .createQueryBuilder()
    .select(["ranked.parent AS parent", "ranked.id AS id"])
    .from(`(${query.getQuery()})`, "ranked")
    .setParameters(query.getParameters())
    .where("ranked.rank <= :limit", { limit: ask.page.size + 1 })
    .orderBy("ranked.parent")
    .addOrderBy("ranked.rank")
    .getRawMany<{ parent: string; id: string }>();
}

/** The rows with everything their query joins; the caller's visibility applies again, in the same request. */
function loadRows<Row extends ObjectLiteral, Filter>(
  context: RequestContext,
  list: ParentList<Row, Filter>,
  filter: Filter,
  ids: readonly string[],
): Promise<Row[]> {
  const query = list.query(context.database.manager, context, filter);
  return query.andWhere(`${query.alias}.id IN (:...pageIds)`, { pageIds: ids }).getMany();
}

function countLoader<Row extends ObjectLiteral, Filter>(
  context: RequestContext,
  list: ParentList<Row, Filter>,
): DataLoader<ParentPage<Filter>, number, string> {
  return new DataLoader<ParentPage<Filter>, number, string>(
    async (asks) => {
      const totals = new Map<string, number>();
      for (const group of groupByKey(asks, (ask) => JSON.stringify(ask.filter ?? null)).values()) {
        const filter = (group[0] as ParentPage<Filter>).filter;
        const query = list.query(context.database.manager, context, filter);
        const rows = await whereParents(
          query,
          list,
          group.map((ask) => ask.parent),
          filter,
        )
          .select(list.parentExpression, "parent")
          .addSelect(`count(DISTINCT ${query.alias}.id)::int`, "total")
          .groupBy(list.parentExpression)
          .getRawMany<{ parent: string; total: number }>();
        for (const row of rows) {
          totals.set(`${row.parent}\n${JSON.stringify(filter ?? null)}`, row.total);
        }
      }
      return asks.map((ask) => totals.get(`${ask.parent}\n${JSON.stringify(ask.filter ?? null)}`) ?? 0);
    },
    { cacheKeyFn: keyOf },
  );
}

function whereParents<Row extends ObjectLiteral, Filter>(
  query: SelectQueryBuilder<Row>,
  list: ParentList<Row, Filter>,
  parents: readonly string[],
  filter: Filter,
): SelectQueryBuilder<Row> {
  if (list.joinParents !== undefined) {
    list.joinParents(query, [...new Set(parents)], filter);
    return query;
  }
  return query.andWhere(`${list.parentExpression} IN (:...parents)`, { parents: [...new Set(parents)] });
}

function signatureOf<Filter>(ask: ParentPage<Filter>): string {
  return JSON.stringify([ask.page.size, ask.page.direction, ask.page.after, ask.page.before, ask.filter ?? null]);
}

function keyOf<Filter>(ask: ParentPage<Filter>): string {
  return `${ask.parent}\n${signatureOf(ask)}`;
}
