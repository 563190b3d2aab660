import { requireGlobalId } from "@alliance-hub/shared/global-id";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import { type Money, makeMoney } from "@alliance-hub/shared/money";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Allocation } from "./allocation.entity";
import type { AllocationFilter } from "./allocation.input";
import { ALLOCATIONS_BY_CREATION, allocationByIdLoader } from "./allocation.loader";

/** One allocation. @throws HubError BAD_USER_INPUT for the id of another type */
export function findAllocation(context: RequestContext, id: string): Promise<Allocation | null> {
  requireGlobalId(id, "Allocation", "id");
  return context.loader(allocationByIdLoader).load(id);
}

/** Allocations, the newest first. @throws HubError BAD_USER_INPUT for ids of other types */
export function listAllocations(
  context: RequestContext,
  filter: AllocationFilter,
  page: PageRequest,
): Promise<Page<Allocation>> {
  if (filter.fund != null) {
    requireGlobalId(filter.fund, "Fund", "filter.fund");
  }
  if (filter.project != null) {
    requireGlobalId(filter.project, "Project", "filter.project");
  }
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(Allocation, "allocation");
      if (filter.fund != null) {
        query.andWhere("allocation.fundId = :fund", { fund: filter.fund });
      }
      if (filter.status != null) {
        query.andWhere("allocation.status = :status", { status: filter.status });
      }
      if (filter.project != null) {
        query.andWhere("allocation.projectId = :project", { project: filter.project });
      }
      if (filter.category != null) {
        query.andWhere("allocation.category = :category", { category: filter.category });
      }
      return query;
    },
    ALLOCATIONS_BY_CREATION,
    page,
  );
}

/** What was paid and settled. */
export function disbursedOf({ amount, disbursedMinor }: Allocation): Money {
  return makeMoney(disbursedMinor, amount.currency);
}

/** What of the amount was not paid and settled. */
export function remainingOf({ amount, disbursedMinor }: Allocation): Money {
  return makeMoney(BigInt(amount.amountMinor) - BigInt(disbursedMinor), amount.currency);
}
