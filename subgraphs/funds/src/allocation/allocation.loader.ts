import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import { Allocation } from "./allocation.entity";

/** Order of every list of allocations: the newest first. */
export const ALLOCATIONS_BY_CREATION: SortOrder<Allocation> = {
  name: "allocation.createdAt",
  direction: "DESC",
  expression: "allocation.createdAt",
  sqlType: "timestamptz",
  keyOf: (allocation) => allocation.createdAt.toISOString(),
};

export const allocationByIdLoader = rowLoader(Allocation, "id");

/** The allocations of a fund's money. */
export const allocationsOfFundLoader = pageLoader<Allocation, null>({
  order: ALLOCATIONS_BY_CREATION,
  query: (manager) => manager.createQueryBuilder(Allocation, "allocation"),
  parentExpression: "allocation.fundId",
});
