import { NEED_CATEGORIES, NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { IdempotencyRecord } from "@alliance-hub/shared/database/idempotency-record.entity";
import { OutboxMessage } from "@alliance-hub/shared/database/outbox-message.entity";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeNeed, makeNeedItem, NEEDS_NOW } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import type { EntityManager } from "typeorm";
import { NeedItem } from "../need-item/need-item.entity";
import { createNeedsSubgraph } from "../subgraph";
import { Need } from "./need.entity";
import { NeedStatus } from "./need-lists";

const SUBMIT_NEED = `mutation ($input: SubmitNeedInput!) {
  submitNeed(input: $input) { need { id version status statusReason updatedAt history { version changedFields } } }
}`;

const LATER = new Date("2026-11-02T00:00:00.000Z");

describe("submitNeed()", () => {
  let hub: SubgraphUnderTest;
  let everybody: SubgraphUnderTest;
  let manager: EntityManager;

  beforeAll(async () => {
    hub = await openSubgraph("needs", createNeedsSubgraph, { clock: () => LATER });
    manager = hub.subgraph.database.manager;
    const { url } = hub.subgraph.database.options as { url: string };
    everybody = await openSubgraph("needs", createNeedsSubgraph, { callers: "public", databaseUrl: url });
  });

  afterEach(async () => {
    for (const entity of [NeedItem, Need, HistoryEntry, IdempotencyRecord, OutboxMessage]) {
      await manager.createQueryBuilder().delete().from(entity).execute();
    }
  });

  afterAll(async () => {
    await everybody.close();
    await hub.close();
  });

  async function insertNeed(overrides: Partial<Need> = {}, items: readonly Partial<NeedItem>[] = [{}]): Promise<Need> {
    const need = makeNeed(overrides);
    await manager.insert(Need, need);
    for (const item of items) {
      await manager.insert(NeedItem, makeNeedItem(need, item));
    }
    return need;
  }

  it("moves a draft on, with history and one event", async () => {
    const need = await insertNeed();
    const { data, errors } = await hub.ask(SUBMIT_NEED, { input: { id: need.id, expectedVersion: 1 } });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      submitNeed: {
        need: {
          id: need.id,
          version: 2,
          status: "SUBMITTED",
          statusReason: null,
          updatedAt: LATER.toISOString(),
          history: [{ version: 2, changedFields: ["status"] }],
        },
      },
    });
    expect(await manager.find(OutboxMessage)).toMatchObject([
      { type: "org.alliancehub.needs.need.changed.v1", subject: need.id, hubversion: 2, data: { status: "SUBMITTED" } },
    ]);
    expect((await manager.findOneByOrFail(Need, { id: need.id })).createdAt).toEqual(NEEDS_NOW);
  });

  it("answers the reason of a return by handing the need in again", async () => {
    const need = await insertNeed({ status: NeedStatus.RETURNED });
    const { data } = await hub.ask(SUBMIT_NEED, { input: { id: need.id, expectedVersion: 1 } });
    expect(data).toMatchObject({
      submitNeed: {
        need: { status: "SUBMITTED", statusReason: null, history: [{ changedFields: ["status", "statusReason"] }] },
      },
    });
  });

  it.each(Object.values(NeedStatus))("goes from %s where the state table says so (INV-11)", async (status) => {
    const target = status === NeedStatus.MERGED ? await insertNeed() : null;
    const need = await insertNeed({ status, mergedIntoId: target?.id ?? null });
    const { data, errors } = await hub.ask(SUBMIT_NEED, { input: { id: need.id, expectedVersion: 1 } });
    const after = await manager.findOneByOrFail(Need, { id: need.id });
    if (status === NeedStatus.DRAFT || status === NeedStatus.RETURNED) {
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ submitNeed: { need: { status: "SUBMITTED", version: 2 } } });
      return;
    }
    expect(errors?.[0]?.extensions).toEqual({
      code: "ILLEGAL_TRANSITION",
      retryable: false,
      state: status,
      mutation: "submitNeed",
    });
    expect(after).toMatchObject({ status, version: 1 });
    expect(await manager.count(OutboxMessage)).toBe(0);
  });

  it("is for signed-in staff", async () => {
    const need = await insertNeed();
    const { errors } = await everybody.ask(SUBMIT_NEED, { input: { id: need.id, expectedVersion: 1 } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("refuses a stale version, an unknown need and an id of another kind", async () => {
    const need = await insertNeed({ version: 3 });
    const submit = async (id: string, expectedVersion: number): Promise<unknown> =>
      (await hub.ask(SUBMIT_NEED, { input: { id, expectedVersion } })).errors?.[0]?.extensions;
    expect(await submit(need.id, 2)).toEqual({ code: "VERSION_CONFLICT", retryable: false, currentVersion: 3 });
    expect(await submit(need.id, 4)).toEqual({ code: "VERSION_CONFLICT", retryable: false, currentVersion: 3 });
    expect(await submit(makeGlobalId("yanling-county", "Need"), 1)).toEqual({ code: "NOT_FOUND", retryable: false });
    expect(await submit(makeGlobalId("yanling-county", "NeedItem"), 1)).toMatchObject({
      code: "BAD_USER_INPUT",
      fields: ["id"],
    });
  });

  it("wants at least one item", async () => {
    const need = await insertNeed({}, []);
    const { errors } = await hub.ask(SUBMIT_NEED, { input: { id: need.id, expectedVersion: 1 } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "GUARD_FAILED", guard: "at least one item" });
  });

  it.each(Object.values(NeedCategory))("holds %s to its ceiling, to the fen", async (category) => {
    const { ceilingMinor } = NEED_CATEGORIES[category];
    const half = makeMoney(ceilingMinor / 2n);
    const atCeiling = await insertNeed({ category }, [
      { requested: "1", unitValue: half },
      { requested: "1", unitValue: half },
    ]);
    const above = await insertNeed({ category }, [
      { requested: "1", unitValue: half },
      { requested: "1", unitValue: makeMoney(ceilingMinor / 2n + 1n) },
    ]);
    const accepted = await hub.ask(SUBMIT_NEED, { input: { id: atCeiling.id, expectedVersion: 1 } });
    expect(accepted.errors).toBeUndefined();
    const refused = await hub.ask(SUBMIT_NEED, { input: { id: above.id, expectedVersion: 1 } });
    expect(refused.errors?.[0]?.extensions).toEqual({
      code: "GUARD_FAILED",
      retryable: false,
      guard: "value within the category's ceiling",
    });
  });

  it("lets exactly one of many with the same version win", async () => {
    for (let round = 0; round < 5; round++) {
      const need = await insertNeed();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => hub.ask(SUBMIT_NEED, { input: { id: need.id, expectedVersion: 1 } })),
      );
      const refusals = answers.flatMap(({ errors }) => errors?.map((error) => error.extensions) ?? []);
      expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
      expect(refusals).toEqual(
        Array.from({ length: 5 }, () => ({ code: "VERSION_CONFLICT", retryable: false, currentVersion: 2 })),
      );
      expect(await manager.findBy(HistoryEntry, { entityId: need.id })).toHaveLength(1);
      expect(await manager.findBy(OutboxMessage, { subject: need.id })).toHaveLength(1);
    }
  });

  it("answers a replay with the need as it is, and refuses the key for another need", async () => {
    const need = await insertNeed();
    const other = await insertNeed();
    const input = { id: need.id, expectedVersion: 1, idempotencyKey: "0123456789abcdef" };
    const first = await hub.ask(SUBMIT_NEED, { input });
    const replay = await hub.ask(SUBMIT_NEED, { input });
    expect(replay).toEqual(first);
    expect(await manager.count(OutboxMessage)).toBe(1);
    const reused = await hub.ask(SUBMIT_NEED, { input: { ...input, id: other.id } });
    expect(reused.errors?.[0]?.extensions).toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
    expect(await manager.findOneByOrFail(Need, { id: other.id })).toMatchObject({ status: "DRAFT", version: 1 });
  });

  it("leaves the need as it was when the event cannot be written", async () => {
    const need = await insertNeed();
    await manager.query("ALTER TABLE outbox_message ADD CONSTRAINT disk_is_full CHECK (hubversion < 2)");
    try {
      const { errors } = await hub.ask(SUBMIT_NEED, {
        input: { id: need.id, expectedVersion: 1, idempotencyKey: "0123456789abcdef" },
      });
      expect(errors?.[0]?.extensions).toEqual({ code: "INTERNAL", retryable: true });
      expect(await manager.findOneByOrFail(Need, { id: need.id })).toMatchObject({ status: "DRAFT", version: 1 });
      expect(await manager.count(HistoryEntry)).toBe(0);
      expect(await manager.count(IdempotencyRecord)).toBe(0);
    } finally {
      await manager.query("ALTER TABLE outbox_message DROP CONSTRAINT disk_is_full");
    }
  });
});
