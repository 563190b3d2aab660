import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askGraph, readRoot } from "../../kit/graph-client";
import { queryDatabase } from "../../kit/query-database";
import { type RunningHub, startHub } from "../../kit/running-hub";

const WRITERS = 6;
const ROUNDS = 3;

const CREATE = `mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { id version status } } }`;
const SUBMIT = `mutation ($input: SubmitNeedInput!) { submitNeed(input: $input) { need { id version status } } }`;

/** What a client knows of one need that it asked for. */
interface Attempt {
  readonly key: string;
  createdId?: string;
  submitted?: true;
}

interface NeedPayload {
  readonly need: { readonly id: string; readonly version: number };
}

function needInput(key: string): Record<string, unknown> {
  const item = { mode: "IN_KIND", unit: "KG", unitValue: { amountMinor: "600", currency: "CNY" }, requested: "12.5" };
  return {
    owner: "yanling-county",
    subject: { villageCode: "430225102222" },
    category: "LIVING_MATERIALS",
    urgency: "NORMAL",
    items: [item, { ...item, requested: "3" }],
    idempotencyKey: key,
  };
}

/** Creates and submits needs one after the other until the hub is gone. */
async function write(hub: RunningHub, writer: string, attempts: Attempt[]): Promise<void> {
  for (let serial = 0; ; serial++) {
    const attempt: Attempt = { key: `kill-test-${writer}-${String(serial).padStart(6, "0")}` };
    attempts.push(attempt);
    try {
      const created = await askGraph(hub.graphUrl, CREATE, { input: needInput(attempt.key) });
      const { need } = readRoot<NeedPayload>(created, "createNeed");
      attempt.createdId = need.id;
      const input = { id: need.id, expectedVersion: need.version, idempotencyKey: `${attempt.key}-submit` };
      readRoot<NeedPayload>(await askGraph(hub.graphUrl, SUBMIT, { input }), "submitNeed");
      attempt.submitted = true;
    } catch {
      return;
    }
  }
}

/** Every trace of every need written by this test. */
const TRACES = `
  SELECT need.id, need.version, need.status,
    (SELECT count(*)::int FROM need_item WHERE need_item.need_id = need.id) AS items,
    (SELECT count(*)::int FROM history_entry WHERE entity_id = need.id) AS history,
    (SELECT count(*)::int FROM outbox_message WHERE subject = need.id) AS events,
    (SELECT count(*)::int FROM idempotency_record WHERE result_id = need.id) AS keys
  FROM need WHERE need.id IN (SELECT result_id FROM idempotency_record WHERE key LIKE 'kill-test-%')`;

jest.setTimeout(180_000);

describe("a hub that is killed during mutations", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "killed-hub-"));
  let hub: RunningHub;

  afterAll(async () => {
    await hub.program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("comes back with every answered change and no half-written row", async () => {
    hub = await startHub(dataDir);
    const attempts: Attempt[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const writers = Array.from({ length: WRITERS }, (_, index) => write(hub, `${round}-${index}`, attempts));
      const enough = attempts.length + WRITERS * 4;
      while (attempts.length < enough) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await hub.program.kill();
      await Promise.all(writers);
      hub = await startHub(dataDir);
    }
    const needsUrl = hub.databaseUrl("needs");
    const rows = await queryDatabase<{ id: string; version: number; status: string } & Record<string, number | string>>(
      needsUrl,
      TRACES,
    );
    for (const row of rows) {
      expect(row).toMatchObject({ items: 2, history: row.version, events: row.version, keys: row.version });
      expect(row.status).toBe(row.version === 1 ? "DRAFT" : "SUBMITTED");
    }
    const statusById = new Map(rows.map((row) => [row.id, row.status]));
    for (const { createdId, submitted } of attempts) {
      if (createdId !== undefined) {
        expect(statusById.get(createdId)).toBeDefined();
      }
      if (submitted) {
        expect(statusById.get(createdId as string)).toBe("SUBMITTED");
      }
    }
    const before = await queryDatabase<{ count: number }>(needsUrl, "SELECT count(*)::int AS count FROM need");
    const unanswered = attempts.filter((attempt) => attempt.createdId === undefined);
    const answered = attempts.filter((attempt) => attempt.createdId !== undefined);
    // Sent again with the same keys: the answered ones change nothing, the unanswered ones end up there once.
    for (const attempt of attempts) {
      const { id } = readRoot<NeedPayload>(
        await askGraph(hub.graphUrl, CREATE, { input: needInput(attempt.key) }),
        "createNeed",
      ).need;
      expect(id).toBe(attempt.createdId ?? id);
    }
    const after = await queryDatabase<{ count: number }>(needsUrl, "SELECT count(*)::int AS count FROM need");
    const unansweredThatTookEffect = rows.length - answered.length;
    expect((after[0]?.count ?? 0) - (before[0]?.count ?? 0)).toBe(unanswered.length - unansweredThatTookEffect);
  });
});
