import { type Caller, isStaff } from "@alliance-hub/shared/caller";
import { levelOfDivision } from "@alliance-hub/shared/identifiers/division-code";
import type { SelectQueryBuilder } from "typeorm";
import type { Need } from "./need.entity";
import { PUBLIC_STATUSES } from "./need.lifecycle";

/** Whether the caller may know of a need: staff of every one, the public of those that were published. */
export function canSeeNeed(caller: Caller, need: Need): boolean {
  return isStaff(caller) || PUBLIC_STATUSES.includes(need.status);
}

/** The same rule as SQL. The query's alias is `need`. */
export function whereVisible(query: SelectQueryBuilder<Need>, caller: Caller): SelectQueryBuilder<Need> {
  return isStaff(caller)
    ? query
    : query.andWhere("need.status IN (:...publicStatuses)", { publicStatuses: PUBLIC_STATUSES });
}

/**
 * Whether the caller may ask for needs by this division. A need's village is class P1: whoever could filter by it would
 * learn it.
 */
export function canSelectByDivision(caller: Caller, code: string): boolean {
  return isStaff(caller) || levelOfDivision(code) !== "VILLAGE";
}
