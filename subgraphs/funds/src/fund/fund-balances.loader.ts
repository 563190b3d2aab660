import { invariant } from "@alliance-hub/shared/invariant";
import { makeMoney } from "@alliance-hub/shared/money";
import type { LoaderDefinition } from "@alliance-hub/shared/request-context";
import DataLoader from "dataloader";
import { RESERVED_STATES, UNPAID_STATES } from "../allocation/allocation-lists";
import { FundBalances } from "./fund-balances";

/** Sums as decimal text: PostgreSQL adds bigint as numeric, exactly, and no float comes near them. */
interface BalanceRow {
  readonly id: string;
  readonly currency: string;
  readonly available: string;
  readonly reserved: string;
  readonly committed: string;
  readonly in_transit: string;
  readonly goods: string;
  readonly spent: string;
}

/**
 * $1 ids of funds, $2 states that reserve, $3 states with an unpaid part. Currencies cannot mix: foreign keys give every
 * donation, allocation and incoming transfer the currency of its fund.
 */
const BALANCES_SQL = `
  WITH receipt AS (
    SELECT fund_id,
           sum(amount_amount_minor) FILTER (WHERE kind <> 'IN_KIND') AS money,
           sum(amount_amount_minor) FILTER (WHERE kind = 'IN_KIND') AS goods
    FROM donation WHERE fund_id = ANY ($1) AND refunded_at IS NULL GROUP BY fund_id
  ), transfer AS (
    SELECT transfer_fund_id AS fund_id, sum(disbursed_minor) AS money
    FROM allocation WHERE transfer_fund_id = ANY ($1) GROUP BY transfer_fund_id
  ), bound AS (
    SELECT fund_id,
           sum(amount_amount_minor) FILTER (WHERE status = ANY ($2)) AS reserved,
           sum(amount_amount_minor - disbursed_minor - in_transit_minor) FILTER (WHERE status = ANY ($3)) AS committed,
           sum(in_transit_minor) AS in_transit,
           sum(disbursed_minor) AS spent
    FROM allocation WHERE fund_id = ANY ($1) GROUP BY fund_id
  ), balance AS (
    SELECT fund.id, fund.currency,
           coalesce(receipt.money, 0) + coalesce(transfer.money, 0) AS received,
           coalesce(receipt.goods, 0) AS goods,
           coalesce(bound.reserved, 0) AS reserved,
           coalesce(bound.committed, 0) AS committed,
           coalesce(bound.in_transit, 0) AS in_transit,
           coalesce(bound.spent, 0) AS spent
    FROM fund
    LEFT JOIN receipt ON receipt.fund_id = fund.id
    LEFT JOIN transfer ON transfer.fund_id = fund.id
    LEFT JOIN bound ON bound.fund_id = fund.id
    WHERE fund.id = ANY ($1)
  )
  SELECT id, currency,
         (received - reserved - committed - in_transit - spent)::text AS available,
         reserved::text, committed::text, in_transit::text, goods::text, spent::text
  FROM balance`;

/** Balances of funds: one statement, however many funds. */
export const fundBalancesLoader: LoaderDefinition<string, FundBalances> = {
  create: ({ database }) =>
    new DataLoader(async (fundIds) => {
      const rows = await database.query<BalanceRow[]>(BALANCES_SQL, [fundIds, RESERVED_STATES, UNPAID_STATES]);
      const byFund = new Map(rows.map((row) => [row.id, toBalances(row)]));
      return fundIds.map((id) => {
        const balances = byFund.get(id);
        invariant(balances !== undefined, `balances of fund ${id}, which is not there`);
        return balances;
      });
    }),
};

function toBalances(row: BalanceRow): FundBalances {
  return Object.assign(new FundBalances(), {
    available: makeMoney(row.available, row.currency),
    reserved: makeMoney(row.reserved, row.currency),
    committed: makeMoney(row.committed, row.currency),
    inTransit: makeMoney(row.in_transit, row.currency),
    goods: makeMoney(row.goods, row.currency),
    spent: makeMoney(row.spent, row.currency),
  });
}
