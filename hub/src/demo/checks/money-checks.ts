import type { DemoSubgraphs } from "../seed-demo";

interface NeedMoney {
  readonly id: string;
  readonly reserved: string;
  readonly committed: string;
  readonly paid: string;
}

const COMMITTED = "('COMMITTED', 'PARTLY_DISBURSED', 'DISBURSED', 'SETTLED')";

/** What the items of needs say of money (one unit of FEN is one fen), for needs that have any. */
const PROMISED_SQL = `
  SELECT need_id AS id, trunc(sum(held))::text AS reserved, trunc(sum(committed))::text AS committed, trunc(sum(delivered))::text AS paid
  FROM need_item WHERE mode = 'CASH' AND held + committed > 0 GROUP BY need_id`;

/** What funds say of the same. */
const ALLOCATED_SQL = `
  SELECT need_id AS id,
         coalesce(sum(amount_amount_minor) FILTER (WHERE status IN ('RESERVED', 'APPROVED')), 0)::text AS reserved,
         coalesce(sum(amount_amount_minor) FILTER (WHERE status IN ${COMMITTED}), 0)::text AS committed,
         sum(disbursed_minor)::text AS paid
  FROM allocation WHERE need_id IS NOT NULL AND status NOT IN ('REQUESTED', 'REJECTED', 'CANCELLED', 'EXPIRED') GROUP BY need_id`;

/** Needs and funds keep the same money in two books: held is reserved, committed is committed, delivered is paid. */
export async function checkMoneyOfNeeds({ needs, funds }: DemoSubgraphs): Promise<string[]> {
  const promised = await needs.database.query<NeedMoney[]>(PROMISED_SQL);
  const allocated = await funds.database.query<NeedMoney[]>(ALLOCATED_SQL);
  const byNeed = new Map(allocated.map((money) => [money.id, describeMoney(money)]));
  const differing = promised.filter((money) => byNeed.get(money.id) !== describeMoney(money)).map(({ id }) => id);
  const known = new Set(promised.map(({ id }) => id));
  const unknown = allocated.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  return [...differing, ...unknown];
}

/** A project that is funded or further has its minimum funding committed (state table of Project). */
export async function checkFundingOfProjects({ projects, funds }: DemoSubgraphs): Promise<string[]> {
  const rows = await funds.database.query<{ id: string; committed: string }[]>(
    `SELECT project_id AS id, sum(amount_amount_minor)::text AS committed FROM allocation
     WHERE project_id IS NOT NULL AND status IN ${COMMITTED} GROUP BY project_id`,
  );
  const committedByProject = new Map(rows.map(({ id, committed }) => [id, BigInt(committed)]));
  const funded = await projects.database.query<{ id: string; minimum: string }[]>(
    `SELECT id, minimum_funding_amount_minor AS minimum FROM project
     WHERE status IN ('FUNDED', 'IN_PROGRESS', 'COMPLETED', 'IN_FOLLOW_UP', 'CLOSED')
        OR suspended_from IN ('FUNDED', 'IN_PROGRESS')`,
  );
  return funded.filter(({ id, minimum }) => (committedByProject.get(id) ?? 0n) < BigInt(minimum)).map(({ id }) => id);
}

function describeMoney({ reserved, committed, paid }: NeedMoney): string {
  return `${reserved}/${committed}/${paid}`;
}
