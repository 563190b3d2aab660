import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { NEEDS_OWNER, VILLAGE } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createNeedsSubgraph } from "../subgraph";
import { Need } from "./need.entity";

const CREATE_NEED = "mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { id } } }";

const CASH = { mode: "CASH", unit: "FEN", unitValue: { amountMinor: "1", currency: "CNY" }, requested: "500000" };
const BOOKS = { mode: "IN_KIND", unit: "SET", unitValue: { amountMinor: "2000", currency: "CNY" }, requested: "2.50" };

function inputFor(overrides: Record<string, unknown>): Record<string, unknown> {
  return {
    owner: NEEDS_OWNER,
    subject: { villageCode: VILLAGE },
    category: "STUDY_SUPPORT",
    urgency: "NORMAL",
    items: [CASH],
    ...overrides,
  };
}

describe("checkNewNeed()", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("needs", createNeedsSubgraph);
  });

  afterAll(() => hub.close());

  it.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    ["no subject", { subject: {} }, "BAD_USER_INPUT", { fields: ["subject.householdId", "subject.villageCode"] }],
    [
      "two subjects",
      { subject: { villageCode: VILLAGE, householdId: makeGlobalId(NEEDS_OWNER, "Household") } },
      "BAD_USER_INPUT",
      { fields: ["subject.householdId", "subject.villageCode"] },
    ],
    ["a township", { subject: { villageCode: "430225102" } }, "BAD_USER_INPUT", { fields: ["subject.villageCode"] }],
    [
      "an id of another kind",
      { subject: { householdId: makeGlobalId(NEEDS_OWNER, "Need") } },
      "BAD_USER_INPUT",
      { fields: ["subject.householdId"] },
    ],
    ["an unknown household", { subject: { householdId: makeGlobalId(NEEDS_OWNER, "Household") } }, "NOT_FOUND", {}],
    [
      "another member's household",
      { subject: { householdId: makeGlobalId("chaling-county", "Household") } },
      "BAD_USER_INPUT",
      { fields: ["owner"] },
    ],
    ["21 items", { items: Array.from({ length: 21 }, () => CASH) }, "BAD_USER_INPUT", { fields: ["items"] }],
    [
      "nothing of something",
      { items: [{ ...BOOKS, requested: "0" }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.requested"] },
    ],
    [
      "less than nothing",
      { items: [CASH, { ...BOOKS, requested: "-1" }] },
      "BAD_USER_INPUT",
      { fields: ["items.1.requested"] },
    ],
    [
      "thirteen digits",
      { items: [{ ...BOOKS, requested: "1000000000000" }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.requested"] },
    ],
    ["goods in fen", { items: [{ ...CASH, mode: "IN_KIND" }] }, "BAD_USER_INPUT", { fields: ["items.0.unit"] }],
    ["money in sets", { items: [{ ...BOOKS, mode: "CASH" }] }, "BAD_USER_INPUT", { fields: ["items.0.unit"] }],
    [
      "fen worth two fen",
      { items: [{ ...CASH, unitValue: { amountMinor: "2", currency: "CNY" } }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.unitValue.amountMinor"] },
    ],
    ["half a fen", { items: [{ ...CASH, requested: "0.5" }] }, "BAD_USER_INPUT", { fields: ["items.0.requested"] }],
    [
      "another currency",
      { items: [{ ...BOOKS, unitValue: { amountMinor: "2", currency: "USD" } }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.unitValue.currency"] },
    ],
    [
      "a value below zero",
      { items: [{ ...BOOKS, unitValue: { amountMinor: "-2", currency: "CNY" } }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.unitValue.amountMinor"] },
    ],
    [
      "a value beyond all money",
      { items: [{ ...BOOKS, unitValue: { amountMinor: "999999999999999999", currency: "CNY" } }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.unitValue.amountMinor"] },
    ],
    [
      "a lot above the request",
      { items: [{ ...BOOKS, minimumLot: "2.51" }] },
      "BAD_USER_INPUT",
      { fields: ["items.0.minimumLot"] },
    ],
    ["no code of goods", { items: [{ ...BOOKS, itemCode: "soap" }] }, "IDENTIFIER_INVALID", { kind: "ItemCode" }],
    ["a text without words", { description: " " }, "BAD_USER_INPUT", { fields: ["description"] }],
    ["a text with NUL", { publicDescription: "a\0b" }, "BAD_USER_INPUT", { fields: ["publicDescription"] }],
    ["a long text", { publicDescription: "x".repeat(2_001) }, "BAD_USER_INPUT", { fields: ["publicDescription"] }],
  ])("refuses %s and writes nothing", async (_what, overrides, code, details) => {
    const { errors } = await hub.ask(CREATE_NEED, { input: inputFor(overrides) });
    expect(errors?.[0]?.extensions).toEqual({ code, retryable: false, ...details });
    expect(await hub.subgraph.database.manager.count(Need)).toBe(0);
  });
});
