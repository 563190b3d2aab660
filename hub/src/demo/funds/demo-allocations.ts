import { Allocation } from "@alliance-hub/funds/allocation/allocation.entity";
import {
  AllocationLine,
  AllocationStatus,
  AllocationTargetKind,
} from "@alliance-hub/funds/allocation/allocation-lists";
import { NEED_CATEGORIES, type NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeRow } from "../demo-batch";
import { addDays } from "../demo-calendar";
import { makeDemoId } from "../demo-id";
import type { DemoPlan } from "../demo-plan";
import type { DemoNeed } from "../needs/demo-needs";
import { projectIdOf } from "../projects/demo-projects";
import { RandomStream } from "../random-stream";
import { planAllocations } from "./allocation-plan";
import { fundIdOf } from "./demo-funds";
import type { ListedFund } from "./fund-list";

/** An allocation before it has an id. Amounts in fen. */
export interface PlannedAllocation {
  readonly fund: ListedFund;
  readonly targetKind: AllocationTargetKind;
  /** Owner of the target, whose id names it; null for management cost. */
  readonly targetOwner: string | null;
  /** Code of the fund that a transfer goes to. */
  readonly transferTo?: string;
  readonly amountMinor: number;
  readonly status: AllocationStatus;
  readonly disbursedMinor: number;
  readonly inTransitMinor: number;
  readonly category: NeedCategory | null;
  readonly needId?: string;
  readonly township?: string;
  /** Code of the project. */
  readonly project?: string;
  readonly reason: string | null;
  readonly requestedAt: Date;
  readonly changedAt: Date;
}

const TARGET_TYPES: Partial<Record<AllocationTargetKind, string>> = {
  MATCH: "Match",
  BUDGET_LINE: "BudgetLine",
};

/** Days for which money is reserved (setting allocation.reservedDays). */
const RESERVED_DAYS = 7;
const { REQUESTED, REJECTED, RESERVED } = AllocationStatus;

/** The allocations of one copy: 90, for the needs of that copy, for projects, for costs, and some that came to nothing. */
export function generateAllocations(plan: DemoPlan, copy: number, needs: readonly DemoNeed[]): Allocation[] {
  return planAllocations(plan, copy, needs).map((planned, index) => {
    const random = new RandomStream(plan.seed, `allocation/${copy}/${index}`);
    const { fund, status, requestedAt } = planned;
    // Category, place and project come with the lock of the target, which these two never got.
    const isLocked = status !== REQUESTED && status !== REJECTED;
    const category = isLocked ? planned.category : null;
    return makeRow(Allocation, {
      ...newRow(makeDemoId(fund.owner, "Allocation", requestedAt, random), fund.owner, requestedAt),
      version: VERSIONS[status],
      updatedAt: planned.changedAt,
      fundId: fundIdOf(plan, fund.code),
      target: { kind: planned.targetKind, id: makeTargetId(plan, planned, random) },
      amount: makeMoney(BigInt(planned.amountMinor)),
      status,
      category,
      line: category === null ? null : AllocationLine[NEED_CATEGORIES[category].line],
      townshipCode: isLocked ? (planned.township ?? null) : null,
      projectId: isLocked && planned.project !== undefined ? projectIdOf(plan, planned.project) : null,
      needId: isLocked ? (planned.needId ?? null) : null,
      reservedUntil: isLocked ? addDays(status === RESERVED ? planned.changedAt : requestedAt, RESERVED_DAYS) : null,
      disbursedMinor: String(planned.disbursedMinor),
      inTransitMinor: String(planned.inTransitMinor),
      reason: planned.reason,
    });
  });
}

/** Changes since the request: REQUESTED, RESERVED, APPROVED, COMMITTED, then payments. */
const VERSIONS: Readonly<Record<AllocationStatus, number>> = {
  REQUESTED: 1,
  REJECTED: 2,
  RESERVED: 2,
  CANCELLED: 3,
  EXPIRED: 3,
  APPROVED: 3,
  COMMITTED: 4,
  RELEASED: 6,
  PARTLY_DISBURSED: 5,
  DISBURSED: 5,
  SETTLED: 6,
};

function makeTargetId(plan: DemoPlan, planned: PlannedAllocation, random: RandomStream): string | null {
  if (planned.transferTo !== undefined) {
    return fundIdOf(plan, planned.transferTo);
  }
  const type = TARGET_TYPES[planned.targetKind];
  return planned.targetOwner === null || type === undefined
    ? null
    : makeDemoId(planned.targetOwner, type, planned.requestedAt, random);
}
