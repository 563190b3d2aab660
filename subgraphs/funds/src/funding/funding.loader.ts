import { groupByKey } from "@alliance-hub/shared/group-by-key";
import { makeMoney } from "@alliance-hub/shared/money";
import type { LoaderDefinition } from "@alliance-hub/shared/request-context";
import DataLoader from "dataloader";
import { COMMITTED_STATES, RESERVED_STATES } from "../allocation/allocation-lists";
import { FundingLine } from "./funding-line";

/** Sums as decimal text: PostgreSQL adds bigint as numeric, exactly, and no float comes near them. */
interface FundingRow {
  readonly parent: string;
  readonly fund_id: string;
  readonly currency: string;
  readonly reserved: string;
  readonly committed: string;
  readonly disbursed: string;
}

/** What funds give to needs. */
export const fundingOfNeedLoader = fundingLoader("need_id");

/** What funds give to projects. */
export const fundingOfProjectLoader = fundingLoader("project_id");

/** One statement for all parents of a tick; a parent's lines by fund id, funds that give nothing left out. */
function fundingLoader(parentColumn: "need_id" | "project_id"): LoaderDefinition<string, FundingLine[]> {
  // $1 ids of parents, $2 states that reserve, $3 states that are committed. A fund has one currency, so grouping by both
  // gives one row per fund.
  const sql = `
    SELECT * FROM (
      SELECT ${parentColumn} AS parent, fund_id, amount_currency AS currency,
             coalesce(sum(amount_amount_minor) FILTER (WHERE status = ANY ($2)), 0)::text AS reserved,
             coalesce(sum(amount_amount_minor) FILTER (WHERE status = ANY ($3)), 0)::text AS committed,
             sum(disbursed_minor)::text AS disbursed
      FROM allocation WHERE ${parentColumn} = ANY ($1)
      GROUP BY ${parentColumn}, fund_id, amount_currency
    ) AS line
    WHERE (reserved, committed, disbursed) <> ('0', '0', '0')
    ORDER BY parent, fund_id`;
  return {
    create: ({ database }) =>
      new DataLoader(async (parents) => {
        const rows = await database.query<FundingRow[]>(sql, [parents, RESERVED_STATES, COMMITTED_STATES]);
        const byParent = groupByKey(rows, (row) => row.parent);
        return parents.map((parent) => (byParent.get(parent) ?? []).map(toFundingLine));
      }),
  };
}

function toFundingLine(row: FundingRow): FundingLine {
  return Object.assign(new FundingLine(), {
    fundId: row.fund_id,
    reserved: makeMoney(row.reserved, row.currency),
    committed: makeMoney(row.committed, row.currency),
    disbursed: makeMoney(row.disbursed, row.currency),
  });
}
