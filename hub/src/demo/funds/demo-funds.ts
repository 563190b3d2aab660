import { Fund } from "@alliance-hub/funds/fund/fund.entity";
import { FundStatus } from "@alliance-hub/funds/fund/fund-lists";
import type { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { coversDivision } from "@alliance-hub/shared/identifiers/division-code";
import { invariant } from "@alliance-hub/shared/invariant";
import { HOME_CURRENCY, makeMoney } from "@alliance-hub/shared/money";
import { makeRow } from "../demo-batch";
import { makeDemoId } from "../demo-id";
import { type DemoPlan, namedIdOf } from "../demo-plan";
import { organizationIdOf } from "../organizations/demo-organizations";
import { RandomStream } from "../random-stream";
import { CUSTODIAN, FUNDS, type ListedFund } from "./fund-list";

/** Days before today on which the funds were created; older than every need and allocation. */
export const FUNDS_CREATED_DAYS_AGO = 1_400;

export function fundIdOf(plan: DemoPlan, code: string): string {
  return namedIdOf(plan, `fund/${code}`, () => {
    const createdAt = plan.calendar.instantBefore(FUNDS_CREATED_DAYS_AGO);
    return makeDemoId(fundOf(code).owner, "Fund", createdAt, new RandomStream(plan.seed, `fund/${code}`));
  });
}

export function fundOf(code: string): ListedFund {
  const listed = FUNDS.find((fund) => fund.code === code);
  invariant(listed !== undefined, `the demo has no fund ${code}`);
  return listed;
}

export function generateFunds(plan: DemoPlan): Fund[] {
  return FUNDS.map((listed) =>
    makeRow(Fund, {
      // Version 2: DRAFT, then ACTIVE.
      ...newRow(fundIdOf(plan, listed.code), listed.owner, plan.calendar.instantBefore(FUNDS_CREATED_DAYS_AGO)),
      version: 2,
      updatedAt: plan.calendar.instantBefore(FUNDS_CREATED_DAYS_AGO - 1),
      name: listed.name,
      kind: listed.kind,
      restriction: {
        categories: [...listed.categories],
        areaCodes: [...listed.areas],
        validFrom: plan.calendar.dateBefore(FUNDS_CREATED_DAYS_AGO - 1),
        validTo: null,
      },
      managerId: organizationIdOf(plan, listed.manager),
      custodianId: organizationIdOf(plan, CUSTODIAN),
      supervisorIds: listed.supervisors.map((code) => organizationIdOf(plan, code)),
      currency: HOME_CURRENCY,
      livelihoodFloor: makeMoney(BigInt(listed.livelihoodFloorYuan) * 100n),
      status: FundStatus.ACTIVE,
    }),
  );
}

/** The fund that pays for a category at a place: the most special one whose restriction fits; Yanling's needs alternate. */
export function chooseFund(category: NeedCategory, division: string, order: number): ListedFund {
  const fitting = FUNDS.filter(
    (fund) =>
      (fund.categories.length === 0 || fund.categories.includes(category)) &&
      fund.areas.some((area) => coversDivision(area, division)),
  );
  const special = fitting.filter((fund) => fund.categories.length > 0);
  const candidates = special.length > 0 ? special : fitting;
  const fund = candidates[order % candidates.length];
  invariant(fund !== undefined, `no fund of the demo pays for ${category} in ${division}`);
  return fund;
}
