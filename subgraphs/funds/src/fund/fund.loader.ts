import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import { Fund } from "./fund.entity";

/** Order of every list of funds. */
export const FUNDS_BY_NAME: SortOrder<Fund> = {
  name: "fund.name",
  direction: "ASC",
  expression: "fund.name",
  sqlType: "text",
  keyOf: (fund) => fund.name,
};

export const fundByIdLoader = rowLoader(Fund, "id");

/** The funds that an organization manages. */
export const fundsOfManagerLoader = pageLoader<Fund, null>({
  order: FUNDS_BY_NAME,
  query: (manager) => manager.createQueryBuilder(Fund, "fund"),
  parentExpression: "fund.managerId",
});
