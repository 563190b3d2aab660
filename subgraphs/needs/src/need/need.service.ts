import { isStaff } from "@alliance-hub/shared/caller";
import { requireGlobalId } from "@alliance-hub/shared/global-id";
import { HubError } from "@alliance-hub/shared/hub-error";
import { stemOfDivision, townshipOfDivision } from "@alliance-hub/shared/identifiers/division-code";
import { invariant } from "@alliance-hub/shared/invariant";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { type AdminDivision, divisionAt } from "../admin-division/admin-division.stub";
import type { Household } from "../household/household.entity";
import { householdByIdLoader } from "../household/household.loader";
import { itemsOfNeedLoader } from "../need-item/need-item.loader";
import { type Coverage, coverageOf } from "./coverage";
import { Need } from "./need.entity";
import type { NeedFilter, PublishedNeedFilter } from "./need.input";
import { needByIdLoader, publishedNeedsOfDivisionLoader } from "./need.loader";
import { NEWEST_FIRST, NEWEST_PUBLISHED_FIRST, selectPublishedNeeds, whereFilter } from "./need-list-queries";
import { canSelectByDivision, whereVisible } from "./need-visibility";

/** One need by id; null when there is none that the caller may know of. @throws HubError BAD_USER_INPUT */
export function findNeed(context: RequestContext, id: string): Promise<Need | null> {
  requireGlobalId(id, "Need", "id");
  return context.loader(needByIdLoader).load(id);
}

/** Needs that the caller may know of, the newest first. @throws HubError FILTER_NOT_ALLOWED */
export function listNeeds(context: RequestContext, filter: NeedFilter, page: PageRequest): Promise<Page<Need>> {
  requireAllowedFilter(context, filter);
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(Need, "need");
      whereFilter(whereVisible(query, context.caller), filter);
      return query;
    },
    NEWEST_FIRST,
    page,
  );
}

/** Published needs, the newest publication first. @throws HubError FILTER_NOT_ALLOWED */
export function listPublishedNeeds(
  context: RequestContext,
  filter: PublishedNeedFilter,
  page: PageRequest,
): Promise<Page<Need>> {
  requireAllowedFilter(context, filter);
  return readPage(
    () => {
      const query = selectPublishedNeeds(context.database.manager);
      whereFilter(query, filter);
      return query;
    },
    NEWEST_PUBLISHED_FIRST,
    page,
  );
}

/** Published needs in a division; withheld (null) from the public for a village, whose needs it may not tell apart. */
export function listPublishedNeedsOf(
  context: RequestContext,
  divisionCode: string,
  page: PageRequest,
): Promise<Page<Need>> | null {
  return canSelectByDivision(context.caller, divisionCode)
    ? context.loader(publishedNeedsOfDivisionLoader).load({ parent: stemOfDivision(divisionCode), page, filter: null })
    : null;
}

/** Who needs it: the village, or a household, which the public never learns. */
export function subjectOf(context: RequestContext, need: Need): Promise<Household | null> | AdminDivision | null {
  if (need.householdId === null) {
    return divisionAt(need.villageCode);
  }
  return isStaff(context.caller) ? context.loader(householdByIdLoader).load(need.householdId) : null;
}

/** The village is class P1: signed-in staff only. */
export function villageFor(context: RequestContext, need: Need): AdminDivision | null {
  return isStaff(context.caller) ? divisionAt(need.villageCode) : null;
}

/** The reason is class P1: signed-in staff only. */
export function statusReasonFor(context: RequestContext, need: Need): string | null {
  return isStaff(context.caller) ? need.statusReason : null;
}

export function townshipOf(need: Need): AdminDivision {
  const township = townshipOfDivision(need.villageCode);
  invariant(township !== undefined, `need ${need.id} lies in no township`);
  return divisionAt(township);
}

/** The need it was merged into, when the caller may know of it. */
export function findMergedInto(context: RequestContext, need: Need): Promise<Need | null> | null {
  return need.mergedIntoId === null ? null : context.loader(needByIdLoader).load(need.mergedIntoId);
}

export async function findCoverage(context: RequestContext, need: Need): Promise<Coverage> {
  return coverageOf(await context.loader(itemsOfNeedLoader).load(need.id));
}

function requireAllowedFilter(context: RequestContext, filter: PublishedNeedFilter): void {
  if (filter.divisionPrefix != null && !canSelectByDivision(context.caller, filter.divisionPrefix)) {
    throw new HubError("FILTER_NOT_ALLOWED", "Needs of one village are for signed-in staff. Ask for a township.", {
      field: "divisionPrefix",
    });
  }
}
