import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { IdempotencyRecord } from "@alliance-hub/shared/database/idempotency-record.entity";
import { OutboxMessage } from "@alliance-hub/shared/database/outbox-message.entity";
import { makeHousehold, NEEDS_NOW, NEEDS_OWNER, VILLAGE } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import type { EntityManager } from "typeorm";
import { Household } from "../household/household.entity";
import { HouseholdStatus } from "../household/household-lists";
import { NeedItem } from "../need-item/need-item.entity";
import { createNeedsSubgraph } from "../subgraph";
import { Need } from "./need.entity";

const CREATE_NEED = `mutation ($input: CreateNeedInput!) {
  createNeed(input: $input) {
    need {
      id ownerMember version createdAt title category urgency origin status publicDescription
      village { code } township { code }
      subject { ... on AdminDivision { code } ... on Household { id } }
      items { id version mode itemCode unit unitValue { amountMinor currency } requested held committed delivered confirmed remaining minimumLot acceptsSubstitutes }
      coverage { requestedValue { amountMinor } committedBp level }
      history { version at organization role changedFields }
    }
  }
}`;

const CASH = { mode: "CASH", unit: "FEN", unitValue: { amountMinor: "1", currency: "CNY" }, requested: "500000" };
const BOOKS = { mode: "IN_KIND", unit: "SET", unitValue: { amountMinor: "2000", currency: "CNY" }, requested: "2.50" };

function inputFor(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    owner: NEEDS_OWNER,
    subject: { villageCode: VILLAGE },
    category: "STUDY_SUPPORT",
    urgency: "NORMAL",
    items: [CASH],
    ...overrides,
  };
}

interface CreatedNeed {
  readonly createNeed: { readonly need: { readonly id: string } & Record<string, unknown> };
}

describe("createNeed()", () => {
  let hub: SubgraphUnderTest;
  let everybody: SubgraphUnderTest;
  let manager: EntityManager;

  beforeAll(async () => {
    hub = await openSubgraph("needs", createNeedsSubgraph, { clock: () => NEEDS_NOW });
    manager = hub.subgraph.database.manager;
    const { url } = hub.subgraph.database.options as { url: string };
    everybody = await openSubgraph("needs", createNeedsSubgraph, { callers: "public", databaseUrl: url });
  });

  afterEach(async () => {
    for (const entity of [NeedItem, Need, Household, HistoryEntry, IdempotencyRecord, OutboxMessage]) {
      await manager.createQueryBuilder().delete().from(entity).execute();
    }
  });

  afterAll(async () => {
    await everybody.close();
    await hub.close();
  });

  /** Rows of each table that a creation writes to. */
  async function countRows(): Promise<number[]> {
    return Promise.all(
      [Need, NeedItem, HistoryEntry, OutboxMessage, IdempotencyRecord].map((entity) => manager.count(entity)),
    );
  }

  it("writes a draft with its items, its history and one event", async () => {
    const items = [CASH, { ...BOOKS, itemCode: "1010101", minimumLot: "1.0", acceptsSubstitutes: true }];
    const { data, errors } = await hub.ask(CREATE_NEED, {
      input: inputFor({ items, publicDescription: "School things for two children.", description: "private words" }),
    });
    expect(errors).toBeUndefined();
    const { need } = (data as CreatedNeed).createNeed;
    const sums = { held: "0", committed: "0", delivered: "0", confirmed: "0" };
    expect(need).toEqual({
      id: expect.stringMatching(/^yanling-county\.need\./),
      ownerMember: NEEDS_OWNER,
      version: 1,
      createdAt: NEEDS_NOW.toISOString(),
      title: "助学:资金 5000 元、物资 2.5 套",
      category: "STUDY_SUPPORT",
      urgency: "NORMAL",
      origin: "OFFICER",
      status: "DRAFT",
      publicDescription: "School things for two children.",
      village: { code: VILLAGE },
      township: { code: VILLAGE.slice(0, 9) },
      subject: { code: VILLAGE },
      items: [
        {
          ...CASH,
          ...sums,
          id: expect.stringMatching(/^yanling-county\.need-item\./),
          version: 1,
          itemCode: null,
          remaining: "500000",
          minimumLot: null,
          acceptsSubstitutes: false,
        },
        {
          ...BOOKS,
          ...sums,
          id: expect.stringMatching(/^yanling-county\.need-item\./),
          version: 1,
          itemCode: "1010101",
          requested: "2.5",
          remaining: "2.5",
          minimumLot: "1",
          acceptsSubstitutes: true,
        },
      ],
      coverage: { requestedValue: { amountMinor: "505000" }, committedBp: 0, level: "NONE" },
      history: [
        {
          version: 1,
          at: NEEDS_NOW.toISOString(),
          organization: "demo",
          role: "DEMO",
          changedFields: [
            "subject",
            "village",
            "category",
            "title",
            "urgency",
            "origin",
            "items",
            "status",
            "description",
            "publicDescription",
          ],
        },
      ],
    });
    const [event, ...others] = await manager.find(OutboxMessage);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: "org.alliancehub.needs.need.changed.v1",
      source: "/members/yanling-county/needs",
      subject: need.id,
      hubversion: 1,
      data: { status: "DRAFT", category: "STUDY_SUPPORT", village: VILLAGE, township: VILLAGE.slice(0, 9) },
    });
  });

  it("takes the village from the household and tells nobody whose need it is", async () => {
    const household = makeHousehold({ villageCode: "430225103201" });
    await manager.insert(Household, household);
    const { data, errors } = await hub.ask(CREATE_NEED, {
      input: inputFor({ subject: { householdId: household.id }, description: "words of the family", items: [] }),
    });
    expect(errors).toBeUndefined();
    expect((data as CreatedNeed).createNeed.need).toMatchObject({
      village: { code: "430225103201" },
      subject: { id: household.id },
      title: "助学",
      items: [],
      coverage: { level: "NONE" },
    });
    const [event] = await manager.find(OutboxMessage);
    expect(JSON.stringify(event)).not.toContain(household.id);
    expect(JSON.stringify(event)).not.toContain("words of the family");
  });

  it("is for signed-in staff", async () => {
    const { errors } = await everybody.ask(CREATE_NEED, { input: inputFor() });
    expect(errors?.[0]).toMatchObject({ path: ["createNeed"], extensions: { code: "UNAUTHENTICATED" } });
    expect(await countRows()).toEqual([0, 0, 0, 0, 0]);
  });

  it("refuses a household that has left the registry", async () => {
    const household = makeHousehold({ status: HouseholdStatus.CLOSED });
    await manager.insert(Household, household);
    const { errors } = await hub.ask(CREATE_NEED, { input: inputFor({ subject: { householdId: household.id } }) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "GUARD_FAILED", guard: "household registered" });
  });

  it("writes one need for one idempotency key and refuses the key for other input", async () => {
    const input = inputFor({ idempotencyKey: "0123456789abcdef" });
    const first = await hub.ask(CREATE_NEED, { input });
    const second = await hub.ask(CREATE_NEED, { input });
    expect(second.errors).toBeUndefined();
    expect(second.data).toEqual(first.data);
    expect(await countRows()).toEqual([1, 1, 1, 1, 1]);
    const other = await hub.ask(CREATE_NEED, { input: { ...input, urgency: "URGENT" } });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED", retryable: false });
    expect(await countRows()).toEqual([1, 1, 1, 1, 1]);
  });

  it("writes one need when the same key comes many times at once", async () => {
    const input = inputFor({ idempotencyKey: "0123456789abcdef" });
    const answers = await Promise.all(Array.from({ length: 6 }, () => hub.ask(CREATE_NEED, { input })));
    const ids = answers.flatMap(({ data }) => (data == null ? [] : [(data as CreatedNeed).createNeed.need.id]));
    const codes = answers.flatMap(({ errors }) => errors?.map((error) => error.extensions?.["code"]) ?? []);
    expect(new Set(ids).size).toBe(1);
    expect(new Set([...codes, "IDEMPOTENCY_IN_PROGRESS"])).toEqual(new Set(["IDEMPOTENCY_IN_PROGRESS"]));
    expect(await countRows()).toEqual([1, 1, 1, 1, 1]);
  });

  it("leaves nothing behind when the last write of the transaction fails", async () => {
    await manager.query(`ALTER TABLE idempotency_record ADD CONSTRAINT disk_is_full CHECK (mutation <> 'createNeed')`);
    try {
      const { data, errors } = await hub.ask(CREATE_NEED, { input: inputFor({ idempotencyKey: "0123456789abcdef" }) });
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions).toEqual({ code: "INTERNAL", retryable: true });
      expect(errors?.[0]?.message).not.toContain("disk_is_full");
      expect(await countRows()).toEqual([0, 0, 0, 0, 0]);
    } finally {
      await manager.query("ALTER TABLE idempotency_record DROP CONSTRAINT disk_is_full");
    }
    const retried = await hub.ask(CREATE_NEED, { input: inputFor({ idempotencyKey: "0123456789abcdef" }) });
    expect(retried.errors).toBeUndefined();
    expect(await countRows()).toEqual([1, 1, 1, 1, 1]);
  });
});
