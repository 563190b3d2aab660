import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeAllocation, makeDonation, makeFund, organizationId } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { Allocation } from "./allocation/allocation.entity";
import { AllocationStatus, AllocationTargetKind } from "./allocation/allocation-lists";
import { Donation } from "./donation/donation.entity";
import { DonationKind } from "./donation/donation-lists";
import { Fund } from "./fund/fund.entity";
import { FundStatus } from "./fund/fund-lists";
import { createFundsSubgraph } from "./subgraph";

const fund = makeFund();
const dollars = makeFund({ currency: "USD" });
const foreign = makeFund({ id: makeGlobalId("yanling-county", "Fund"), ownerMember: "yanling-county" });
const [manager, custodian, supervisor] = [organizationId(), organizationId(), organizationId()] as const;
const open = { categories: [], areaCodes: [], validFrom: null, validTo: null };

const FUNDS: readonly [rule: string, overrides: Partial<Fund>][] = [
  ["fund_owner_check", { ownerMember: "yanling-county" }],
  ["fund_version_check", { version: 0 }],
  ["fund_kind_check", { kind: "PIGGY_BANK" as never }],
  ["fund_status_check", { status: "OPEN" as never }],
  ["fund_categories_check", { restriction: { ...open, categories: ["SWEETS" as never] } }],
  ["fund_areas_check", { restriction: { ...open, areaCodes: ["4302"] } }],
  ["fund_period_check", { restriction: { ...open, validFrom: "2026-02-01", validTo: "2026-01-31" } }],
  ["fund_floor_check", { livelihoodFloor: makeMoney("-1") }],
  ["fund_floor_check", { livelihoodFloor: makeMoney("1", "USD") }],
  ["fund_currency_check", { currency: "yuan", livelihoodFloor: makeMoney("0", "yuan") }],
  ["fund_duties_check", { managerId: manager, custodianId: manager }],
  ["fund_duties_check", { managerId: manager, supervisorIds: [manager, supervisor] }],
  ["fund_duties_check", { custodianId: custodian, supervisorIds: [supervisor, custodian] }],
  ["fund_duties_check", { supervisorIds: [supervisor, supervisor] }],
  ["fund_supervisors_check", { supervisorIds: [supervisor] }],
];

const DONATIONS: readonly [rule: string, overrides: Partial<Donation>][] = [
  ["donation_owner_check", { ownerMember: "yanling-county", fundId: foreign.id }],
  ["donation_fund_owner_check", { fundId: foreign.id }],
  ["donation_fund_fkey", { fundId: makeGlobalId("zz-industry-fund", "Fund") }],
  ["donation_fund_fkey", { fundId: dollars.id }],
  ["donation_amount_check", { amount: makeMoney("0") }],
  ["donation_amount_check", { amount: makeMoney("1000000000000000000") }],
  ["donation_kind_check", { kind: "LOAN" as never }],
  ["donation_receipt_key", { receiptNumber: "taken" }],
  ["donation_goods_check", { kind: DonationKind.IN_KIND }],
  ["donation_goods_check", { goodsUnit: Unit.PIECE, goodsQuantity: "1" }],
  ["donation_unit_check", { kind: DonationKind.IN_KIND, goodsUnit: "BOX" as never, goodsQuantity: "1" }],
  ["donation_quantity_check", { kind: DonationKind.IN_KIND, goodsUnit: Unit.KG, goodsQuantity: "0" }],
  ["donation_quantity_check", { kind: DonationKind.IN_KIND, goodsUnit: Unit.KG, goodsQuantity: "0.0000001" }],
  ["donation_item_check", { kind: DonationKind.IN_KIND, goodsUnit: Unit.KG, goodsQuantity: "1", goodsItemCode: "9" }],
  ["donation_earmark_category_check", { earmarkCategory: "SWEETS" as never }],
  ["donation_earmark_prefix_check", { earmarkDivisionPrefix: "Yanling" }],
  ["donation_refund_check", { refundedAt: new Date("2020-01-01T00:00:00.000Z") }],
];

const match = makeGlobalId("yanling-county", "Match");
const toFund = (id: string) => ({ target: { kind: AllocationTargetKind.FUND_TRANSFER, id }, needId: null });
const ALLOCATIONS: readonly [rule: string, overrides: Partial<Allocation>][] = [
  ["allocation_owner_check", { ownerMember: "yanling-county", fundId: foreign.id }],
  ["allocation_fund_owner_check", { fundId: foreign.id }],
  ["allocation_fund_fkey", { amount: makeMoney("1", "USD") }],
  ["allocation_amount_check", { amount: makeMoney("0") }],
  ["allocation_status_check", { status: "PAID" as never }],
  ["allocation_category_check", { category: "SWEETS" as NeedCategory }],
  ["allocation_line_check", { line: "X" as never }],
  ["allocation_township_check", { townshipCode: "430225" }],
  ["allocation_target_check", { target: { kind: AllocationTargetKind.CONTRACT, id: match }, needId: null }],
  ["allocation_target_check", { target: { kind: AllocationTargetKind.MATCH, id: null } }],
  ["allocation_target_check", { target: { kind: AllocationTargetKind.MANAGEMENT_COST, id: match }, needId: null }],
  ["allocation_target_check", { target: { kind: "INVESTMENT" as never, id: match }, needId: null }],
  ["allocation_transfer_check", toFund(fund.id)],
  ["allocation_transfer_check", toFund(foreign.id)],
  ["allocation_transfer_fkey", toFund(dollars.id)],
  ["allocation_need_check", { needId: null }],
  ["allocation_need_check", { target: { kind: AllocationTargetKind.MANAGEMENT_COST, id: null } }],
  ["allocation_reserved_until_check", { status: AllocationStatus.RESERVED }],
  ["allocation_disbursed_check", { status: AllocationStatus.SETTLED, disbursedMinor: "1001" }],
  ["allocation_disbursed_check", { disbursedMinor: "-1" }],
  [
    "allocation_in_transit_check",
    { status: AllocationStatus.PARTLY_DISBURSED, disbursedMinor: "600", inTransitMinor: "401" },
  ],
  ["allocation_in_transit_check", { inTransitMinor: "-1" }],
  ["allocation_paid_state_check", { status: AllocationStatus.COMMITTED, disbursedMinor: "1" }],
  ["allocation_paid_state_check", { status: AllocationStatus.PARTLY_DISBURSED, disbursedMinor: "1000" }],
  ["allocation_paid_state_check", { status: AllocationStatus.DISBURSED, disbursedMinor: "999" }],
  ["allocation_paid_state_check", { status: AllocationStatus.RELEASED, inTransitMinor: "1" }],
  ["allocation_paid_state_check", { status: AllocationStatus.REJECTED, disbursedMinor: "1" }],
];

describe("the database of funds", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
    await hub.subgraph.database.manager.insert(Fund, [fund, dollars, foreign]);
    await hub.subgraph.database.manager.insert(Donation, makeDonation(fund, { receiptNumber: "taken" }));
  });

  afterAll(() => hub.close());

  /** PostgreSQL checks in order of name: some rows break a later rule too, none breaks an earlier one. */
  async function expectRefusal(insert: Promise<unknown>, rule: string): Promise<void> {
    await expect(insert).rejects.toMatchObject({ constraint: rule });
  }

  it.each(FUNDS)("refuses a fund by %s", (rule, overrides) =>
    expectRefusal(hub.subgraph.database.manager.insert(Fund, makeFund(overrides)), rule),
  );

  it.each(DONATIONS)("refuses a donation by %s", (rule, overrides) =>
    expectRefusal(hub.subgraph.database.manager.insert(Donation, makeDonation(fund, overrides)), rule),
  );

  it.each(ALLOCATIONS)("refuses an allocation by %s", (rule, overrides) =>
    expectRefusal(hub.subgraph.database.manager.insert(Allocation, makeAllocation(fund, overrides)), rule),
  );

  it("lets a draft wait for its supervisors, and two owners use the same receipt number", async () => {
    const { manager: rows } = hub.subgraph.database;
    await rows.insert(Fund, makeFund({ status: FundStatus.DRAFT, supervisorIds: [] }));
    await rows.insert(Donation, makeDonation(foreign, { receiptNumber: "taken" }));
    expect(await rows.countBy(Donation, { receiptNumber: "taken" })).toBe(2);
  });

  it("keeps a fund's currency once it has rows", async () => {
    const change = hub.subgraph.database.query(
      "UPDATE fund SET currency = 'USD', livelihood_floor_currency = 'USD' WHERE id = $1",
      [fund.id],
    );
    await expectRefusal(change, "donation_fund_fkey");
  });

  it("goes back to nothing and forth again", async () => {
    const { database } = hub.subgraph;
    await database.undoLastMigration();
    expect(await database.query("SELECT to_regclass('fund') AS fund")).toEqual([{ fund: null }]);
    await database.runMigrations();
    await database.manager.insert(Fund, fund);
  });
});
