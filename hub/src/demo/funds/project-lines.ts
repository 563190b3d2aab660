import { AllocationStatus } from "@alliance-hub/funds/allocation/allocation-lists";

/** Money of a fund for a budget line of a project, in each copy of the demo. */
export interface ListedProjectLine {
  readonly project: string;
  readonly fund: string;
  readonly amountYuan: number;
  readonly status: AllocationStatus;
  readonly disbursedPercent: number;
  readonly reason: string | null;
}

const { RESERVED, COMMITTED, PARTLY_DISBURSED, SETTLED, RELEASED } = AllocationStatus;

function line(
  project: string,
  fund: string,
  amountYuan: number,
  status: AllocationStatus,
  disbursedPercent: number,
  reason: string | null = null,
): ListedProjectLine {
  return { project, fund, amountYuan, status, disbursedPercent, reason };
}

/** What a project that is FUNDED or further has committed reaches its minimum funding (project-list.ts). */
export const PROJECT_LINES: readonly ListedProjectLine[] = [
  line("study-program", "study-fund", 80_000, PARTLY_DISBURSED, 60),
  line("house-renovation", "yanling-fund", 120_000, COMMITTED, 0),
  line("major-illness", "relief-fund", 120_000, PARTLY_DISBURSED, 50),
  line("festival-condolences", "relief-fund", 24_000, SETTLED, 100),
  line("festival-condolences", "relief-fund", 10_000, RELEASED, 40, "物资采购结余退回。"),
  line("village-ecommerce", "industry-fund", 150_000, COMMITTED, 0),
  line("caring-for-minors", "study-fund", 40_000, PARTLY_DISBURSED, 30),
  line("veterans-care", "relief-fund", 15_000, SETTLED, 100),
  line("veterans-care", "relief-fund", 6_000, RELEASED, 0, "辅具由捐赠解决，资金退回。"),
  line("mushroom-growing", "industry-fund", 400_000, PARTLY_DISBURSED, 45),
  line("employment-training", "industry-fund", 160_000, RESERVED, 0),
  line("relocation-housing", "relief-fund", 160_000, SETTLED, 100),
];
