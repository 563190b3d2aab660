import { Donation } from "@alliance-hub/funds/donation/donation.entity";
import { DonationKind } from "@alliance-hub/funds/donation/donation-lists";
import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeRow } from "../demo-batch";
import { addDays } from "../demo-calendar";
import { makeDemoId } from "../demo-id";
import type { DemoPlan } from "../demo-plan";
import { organizationIdOf } from "../organizations/demo-organizations";
import { drawPersonName } from "../organizations/demo-person-names";
import { projectIdOf } from "../projects/demo-projects";
import { RandomStream } from "../random-stream";
import { FUNDS_CREATED_DAYS_AGO, fundIdOf, fundOf } from "./demo-funds";
import { FUNDS, type ListedFund } from "./fund-list";
import { splitByWeights } from "./split-by-weights";

const GOODS_FUND = "relief-fund";

/** Goods of one copy: 36 677 phones for village administrators (section 2.3 of the paper), rice, oil, quilts, school bags. */
const GOODS = [
  { itemCode: "2010301", unit: Unit.PIECE, quantity: 36_677, unitValueYuan: 99, donor: "telecom" },
  { itemCode: "1010101", unit: Unit.KG, quantity: 5_000, unitValueYuan: 6, donor: "farm-enterprise" },
  { itemCode: "1010201", unit: Unit.LITRE, quantity: 2_000, unitValueYuan: 14, donor: "shaoyang-chamber" },
  { itemCode: "1020101", unit: Unit.HOUSEHOLD_KIT, quantity: 300, unitValueYuan: 480, donor: "wenzhou-chamber" },
  { itemCode: "1030101", unit: Unit.SET, quantity: 500, unitValueYuan: 260, donor: "fujian-chamber" },
] as const;

/** Of the money that a fund receives, this much comes first, as one grant: allocations never run ahead of receipts. */
const GRANT_PERCENT = 60;
/** How many donations of a fund name nobody: 20 of the 160 of a copy. */
const ANONYMOUS_RECEIPTS: Readonly<Record<string, number>> = { "relief-fund": 13, "study-fund": 7 };
const ORGANIZATION_DONORS = [
  "shaoyang-chamber",
  "wenzhou-chamber",
  "fujian-chamber",
  "farm-enterprise",
  "builder",
  "telecom",
];

/** The donations and grants of one copy, fund by fund. */
export function generateDonations(plan: DemoPlan, copy: number): Donation[] {
  return [...FUNDS.flatMap((fund) => generateMoney(plan, copy, fund)), ...generateGoods(plan, copy)];
}

function generateMoney(plan: DemoPlan, copy: number, fund: ListedFund): Donation[] {
  const random = new RandomStream(plan.seed, `donations/${copy}/${fund.code}`);
  const grantYuan = Math.floor((fund.receivedYuan * GRANT_PERCENT) / 100);
  const weights = Array.from({ length: fund.receipts - 1 }, () => random.nextBetween(1, 60));
  const amountsYuan = [grantYuan, ...splitByWeights(fund.receivedYuan - grantYuan, weights)];
  const anonymous = ANONYMOUS_RECEIPTS[fund.code] ?? 0;
  return amountsYuan.map((amountYuan, index) => {
    const isGrant = index === 0 || (fund.receiptPrefix === "YL" && index % 5 === 0);
    const isAnonymous = !isGrant && index <= anonymous;
    const donor = isGrant ? fund.grantor : random.nextChance(35) ? random.pick(ORGANIZATION_DONORS) : null;
    const daysAgo = index === 0 ? FUNDS_CREATED_DAYS_AGO - 5 : random.nextBetween(2, FUNDS_CREATED_DAYS_AGO - 30);
    const receivedAt = plan.calendar.instantBefore(daysAgo, random.nextBetween(540, 1_020));
    // One donation of the demo was given back: the donor had paid twice.
    const isRefunded = copy === 0 && fund.code === "study-fund" && index === 8;
    const refundedAt = isRefunded ? addDays(receivedAt, 1) : null;
    return makeRow(Donation, {
      ...newRow(makeDemoId(fund.owner, "Donation", receivedAt, random), fund.owner, receivedAt),
      version: isRefunded ? 2 : 1,
      updatedAt: refundedAt ?? receivedAt,
      fundId: fundIdOf(plan, fund.code),
      kind: isGrant ? DonationKind.GRANT : DonationKind.DONATION,
      donorOrganizationId: donor === null ? null : organizationIdOf(plan, donor),
      donorName: donor === null ? drawPersonName(random) : null,
      anonymous: isAnonymous,
      amount: makeMoney(BigInt(amountYuan) * 100n),
      goodsItemCode: null,
      goodsUnit: null,
      goodsQuantity: null,
      ...earmarkOf(plan, fund, index),
      receivedAt,
      receiptNumber: receiptNumberOf(fund, copy, index),
      refundedAt,
      effectiveAt: receivedAt,
      recordedAt: receivedAt,
    });
  });
}

function generateGoods(plan: DemoPlan, copy: number): Donation[] {
  const fund = fundOf(GOODS_FUND);
  const random = new RandomStream(plan.seed, `donations/${copy}/goods`);
  return GOODS.map((goods, index) => {
    const receivedAt = plan.calendar.instantBefore(random.nextBetween(200, 1_300), random.nextBetween(540, 1_020));
    return makeRow(Donation, {
      ...newRow(makeDemoId(fund.owner, "Donation", receivedAt, random), fund.owner, receivedAt),
      fundId: fundIdOf(plan, fund.code),
      kind: DonationKind.IN_KIND,
      donorOrganizationId: organizationIdOf(plan, goods.donor),
      donorName: null,
      anonymous: false,
      amount: makeMoney(BigInt(goods.quantity * goods.unitValueYuan) * 100n),
      goodsItemCode: goods.itemCode,
      goodsUnit: goods.unit,
      goodsQuantity: String(goods.quantity),
      earmarkCategory: null,
      earmarkDivisionPrefix: null,
      earmarkProjectId: null,
      receivedAt,
      receiptNumber: receiptNumberOf(fund, copy, fund.receipts + index),
      refundedAt: null,
      effectiveAt: receivedAt,
      recordedAt: receivedAt,
    });
  });
}

type Earmark = Pick<Donation, "earmarkCategory" | "earmarkDivisionPrefix" | "earmarkProjectId">;

/** Five donations of a copy are for something named. */
function earmarkOf(plan: DemoPlan, fund: ListedFund, index: number): Earmark {
  const none: Earmark = { earmarkCategory: null, earmarkDivisionPrefix: null, earmarkProjectId: null };
  switch (`${fund.code}/${index}`) {
    case "relief-fund/20":
      return { ...none, earmarkCategory: NeedCategory.MEDICAL_CARE };
    case "relief-fund/21":
      return { ...none, earmarkDivisionPrefix: "430225" };
    case "relief-fund/22":
      return { ...none, earmarkProjectId: projectIdOf(plan, "major-illness") };
    case "study-fund/20":
      return { ...none, earmarkCategory: NeedCategory.STUDY_SUPPORT, earmarkDivisionPrefix: "430224" };
    case "study-fund/21":
      return { ...none, earmarkProjectId: projectIdOf(plan, "study-program") };
    default:
      return none;
  }
}

function receiptNumberOf(fund: ListedFund, copy: number, index: number): string {
  return `${fund.receiptPrefix}-${String(copy + 1).padStart(3, "0")}-${String(index + 1).padStart(4, "0")}`;
}
