import { stemOfDivision } from "@alliance-hub/shared/identifiers/division-code";
import { invariant } from "@alliance-hub/shared/invariant";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { EntityManager, SelectQueryBuilder } from "typeorm";
import { NeedItem } from "../need-item/need-item.entity";
import { Need } from "./need.entity";
import type { NeedFilter, PublishedNeedFilter } from "./need.input";
import { CoverageLevel, NeedStatus } from "./need-lists";

export const NEWEST_FIRST: SortOrder<Need> = {
  name: "need.createdAt",
  direction: "DESC",
  expression: "need.createdAt",
  sqlType: "timestamptz",
  keyOf: (need) => need.createdAt.toISOString(),
};

/** For lists of PUBLISHED needs only: a need that was never published has no place in it. */
export const NEWEST_PUBLISHED_FIRST: SortOrder<Need> = {
  name: "need.publishedAt",
  direction: "DESC",
  expression: "need.publishedAt",
  sqlType: "timestamptz",
  keyOf: (need) => {
    invariant(need.publishedAt !== null, `need ${need.id} is listed as published and never was`);
    return need.publishedAt.toISOString();
  },
};

/** Needs that are published now. The status stands in the text, not in a parameter, so that the partial indices fit. */
export function selectPublishedNeeds(manager: EntityManager): SelectQueryBuilder<Need> {
  return manager.createQueryBuilder(Need, "need").where(`need.status = '${NeedStatus.PUBLISHED}'`);
}

/** Adds the conditions of a filter. The query's alias is `need`. */
export function whereFilter(query: SelectQueryBuilder<Need>, filter: NeedFilter | PublishedNeedFilter): void {
  if (filter.divisionPrefix != null) {
    // A range instead of LIKE: the index is used whatever the plan knows of the parameter. The colon follows the nine.
    const stem = stemOfDivision(filter.divisionPrefix);
    query.andWhere("need.villageCode >= :stem AND need.villageCode < :stemEnd", { stem, stemEnd: `${stem}:` });
  }
  if (filter.category != null) {
    query.andWhere("need.category = :category", { category: filter.category });
  }
  if (filter.urgency != null) {
    query.andWhere("need.urgency = :urgency", { urgency: filter.urgency });
  }
  if ("status" in filter && filter.status != null) {
    query.andWhere("need.status = :status", { status: filter.status });
  }
  if (filter.level != null) {
    query.andWhere(levelCondition(query, filter.level));
  }
  if (filter.mode != null) {
    query.andWhere(existsItem(query, "item.mode = :mode")).setParameter("mode", filter.mode);
  }
  if (filter.publishedAfter != null) {
    query.andWhere("need.publishedAt > :publishedAfter", { publishedAfter: filter.publishedAfter });
  }
}

/** The level of coverageOf() as SQL. */
function levelCondition(query: SelectQueryBuilder<Need>, level: CoverageLevel): string {
  const isTouched = existsItem(query, "item.committed > 0");
  const isOpen = existsItem(query, "item.committed < item.requested");
  switch (level) {
    case CoverageLevel.NONE:
      return `NOT ${isTouched}`;
    case CoverageLevel.PARTIAL:
      return `${isTouched} AND ${isOpen}`;
    case CoverageLevel.FULL:
      return `${isTouched} AND NOT ${isOpen}`;
  }
}

function existsItem(query: SelectQueryBuilder<Need>, condition: string): string {
  const items = query.subQuery().select("1").from(NeedItem, "item").where("item.needId = need.id").andWhere(condition);
  return `EXISTS ${items.getQuery()}`;
}
