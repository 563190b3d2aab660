import { requireGlobalId } from "@alliance-hub/shared/global-id";
import { invariant } from "@alliance-hub/shared/invariant";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Fund } from "./fund.entity";
import type { FundFilter } from "./fund.input";
import { FUNDS_BY_NAME, fundByIdLoader } from "./fund.loader";

/** One fund. @throws HubError BAD_USER_INPUT for the id of another type */
export function findFund(context: RequestContext, id: string): Promise<Fund | null> {
  requireGlobalId(id, "Fund", "id");
  return context.loader(fundByIdLoader).load(id);
}

/** The fund that a donation or an allocation belongs to: the database holds that there is one. */
export async function findFundOfRow(context: RequestContext, row: { readonly fundId: string }): Promise<Fund> {
  const fund = await context.loader(fundByIdLoader).load(row.fundId);
  invariant(fund !== null, `a row belongs to fund ${row.fundId}, which is not there`);
  return fund;
}

/** Funds by name. */
export function listFunds(context: RequestContext, filter: FundFilter, page: PageRequest): Promise<Page<Fund>> {
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(Fund, "fund");
      if (filter.kind != null) {
        query.andWhere("fund.kind = :kind", { kind: filter.kind });
      }
      if (filter.status != null) {
        query.andWhere("fund.status = :status", { status: filter.status });
      }
      return query;
    },
    FUNDS_BY_NAME,
    page,
  );
}
