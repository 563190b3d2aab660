import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { sqlStateOf } from "@alliance-hub/shared/database/transaction";
import { makeMoney } from "@alliance-hub/shared/money";
import { quantityOf } from "@alliance-hub/shared/quantity";
import { makeHousehold, makeNeed, makeNeedItem } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import type { EntityManager } from "typeorm";
import { Household } from "./household/household.entity";
import { Need } from "./need/need.entity";
import { NeedStatus } from "./need/need-lists";
import { NeedItem } from "./need-item/need-item.entity";
import { createNeedsSubgraph } from "./subgraph";

const CHECK_VIOLATION = "23514";

describe("CreateNeeds1761955300000", () => {
  let hub: SubgraphUnderTest;
  let manager: EntityManager;
  const need = makeNeed();

  beforeAll(async () => {
    hub = await openSubgraph("needs", createNeedsSubgraph);
    manager = hub.subgraph.database.manager;
    await manager.insert(Need, need);
  });

  afterAll(() => hub.close());

  it("keeps an item's quantities to INV-04, and takes all that do", async () => {
    // Small numbers of millionths: the bounds are met often from both sides.
    const quantity = fc.integer({ min: -1, max: 5 });
    await fc.assert(
      fc.asyncProperty(quantity, quantity, quantity, quantity, quantity, async (...values) => {
        const [requested, held, committed, delivered, confirmed] = values;
        const isAllowed =
          requested > 0 &&
          held >= 0 &&
          committed >= 0 &&
          held + committed <= requested &&
          delivered >= 0 &&
          delivered <= committed &&
          confirmed >= 0 &&
          confirmed <= delivered;
        const asText = (value: number): string => quantityOf(BigInt(value));
        const insertion = manager.insert(
          NeedItem,
          makeNeedItem(need, {
            requested: asText(requested),
            held: asText(held),
            committed: asText(committed),
            delivered: asText(delivered),
            confirmed: asText(confirmed),
          }),
        );
        const state = await insertion.then(
          () => undefined,
          (error: unknown) => sqlStateOf(error),
        );
        expect(state).toBe(isAllowed ? undefined : CHECK_VIOLATION);
      }),
      {
        numRuns: 300,
        examples: [
          [5, 2, 3, 3, 3],
          [5, 3, 3, 0, 0],
          [5, 0, 2, 3, 0],
          [5, 0, 4, 2, 3],
          [5, 5, 0, 0, 0],
        ],
      },
    );
  });

  it("keeps an item's quantities to INV-04 when they change", async () => {
    const item = makeNeedItem(need, { requested: "10", committed: "4" });
    await manager.insert(NeedItem, item);
    await expect(manager.update(NeedItem, { id: item.id }, { held: "6.000001" })).rejects.toThrow(
      "need_item_held_check",
    );
    await manager.update(NeedItem, { id: item.id }, { held: "6" });
    await expect(manager.update(NeedItem, { id: item.id }, { delivered: "4.5" })).rejects.toThrow(
      "need_item_delivered_check",
    );
  });

  it.each<[string, string, () => Partial<NeedItem>]>([
    ["money in kilograms", "need_item_cash_check", () => ({ mode: AssistanceMode.CASH, unit: Unit.KG })],
    ["goods in fen", "need_item_cash_check", () => ({ unit: Unit.FEN, unitValue: makeMoney(1n) })],
    [
      "fen worth two",
      "need_item_fen_check",
      () => ({ mode: AssistanceMode.CASH, unit: Unit.FEN, unitValue: makeMoney(2n) }),
    ],
    [
      "half a fen",
      "need_item_fen_check",
      () => ({ mode: AssistanceMode.CASH, unit: Unit.FEN, unitValue: makeMoney(1n), requested: "0.5" }),
    ],
    ["another currency", "need_item_value_check", () => ({ unitValue: makeMoney(1n, "USD") })],
    ["a value that the API cannot say", "need_item_value_check", () => ({ unitValue: makeMoney(10n ** 16n) })],
    ["a lot above the request", "need_item_lot_check", () => ({ minimumLot: "10.000001" })],
    ["goods without a code of goods", "need_item_code_check", () => ({ itemCode: "9010101" })],
    ["another owner than the need's", "need_item_owner_check", () => ({ ownerMember: "chaling-county" })],
  ])("refuses an item with %s", async (_what, constraint, overrides) => {
    await expect(manager.insert(NeedItem, makeNeedItem(need, overrides()))).rejects.toThrow(constraint);
  });

  it("keeps a household, its needs and their items with one owner", async () => {
    const household = makeHousehold();
    await manager.insert(Household, household);
    const foreignNeed = makeNeed({
      id: need.id.replace("yanling-county", "chaling-county"),
      ownerMember: "chaling-county",
    });
    await expect(manager.insert(Need, { ...foreignNeed, householdId: household.id })).rejects.toThrow(
      "need_household_fkey",
    );
    const item = makeNeedItem(foreignNeed, { needId: need.id });
    await expect(manager.insert(NeedItem, item)).rejects.toThrow("need_item_need_fkey");
  });

  it.each<[string, string, () => Partial<Need>]>([
    ["a state outside the table", "need_status_check", () => ({ status: "LOST" as NeedStatus })],
    [
      "a publication without a time",
      "need_published_check",
      () => ({ status: NeedStatus.PUBLISHED, publishedAt: null }),
    ],
    [
      "an expiry before publication",
      "need_expiry_check",
      () => ({
        status: NeedStatus.PUBLISHED,
        expiresAt: new Date("2026-09-01T00:00:00.000Z"),
      }),
    ],
    ["a return without a reason", "need_reason_check", () => ({ status: NeedStatus.RETURNED, statusReason: null })],
    ["a merger into nothing", "need_merged_check", () => ({ status: NeedStatus.MERGED })],
    ["a village of no county", "need_village_check", () => ({ villageCode: "430200101201" })],
    ["a village of no township", "need_village_check", () => ({ villageCode: "430225000201" })],
    ["a township for a village", "need_village_check", () => ({ villageCode: "430225102" })],
    ["a title of 141 characters", "need_title_check", () => ({ title: "x".repeat(141) })],
    ["half a source", "need_source_check", () => ({ sourceSystem: "archives" })],
    ["another owner than its id's", "need_owner_check", () => ({ ownerMember: "chaling-county" })],
  ])("refuses a need with %s", async (_what, constraint, overrides) => {
    await expect(manager.insert(Need, makeNeed(overrides()))).rejects.toThrow(constraint);
  });

  it("takes a row of another system once", async () => {
    await manager.insert(Need, makeNeed({ sourceSystem: "archives", sourceId: "1" }));
    await expect(manager.insert(Need, makeNeed({ sourceSystem: "archives", sourceId: "1" }))).rejects.toThrow(
      "need_source_key",
    );
  });

  it("refuses a household of no people or of another owner than its id's", async () => {
    await expect(manager.insert(Household, makeHousehold({ size: 0 }))).rejects.toThrow("household_size_check");
    await expect(manager.insert(Household, makeHousehold({ ownerMember: "chaling-county" }))).rejects.toThrow(
      "household_owner_check",
    );
  });
});
