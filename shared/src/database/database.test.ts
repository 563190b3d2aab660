import { createTestDatabase, type TestDatabase } from "@alliance-hub/tests/kit/test-database";
import { pino } from "pino";
import { Column, type DataSource, Entity, type MigrationInterface, type QueryRunner } from "typeorm";
import { DEMO_CALLER } from "../caller";
import { makeGlobalId } from "../global-id";
import { HubError } from "../hub-error";
import { RequestContext } from "../request-context";
import { createDataSource, DatabaseUnavailable, describeDatabase, explainUnavailable } from "./data-source";
import { HistoryEntry } from "./history-entry.entity";
import { IdempotencyRecord } from "./idempotency-record.entity";
import { runOnce } from "./idempotent-effect";
import { CreateSharedTables1700000000000 } from "./migrations/1700000000000-create-shared-tables";
import { OutboxMessage } from "./outbox-message.entity";
import { newRow, OwnedRow } from "./owned-row";
import { recordEvent } from "./record-event";
import { inTransaction, sqlStateOf } from "./transaction";
import { updateVersioned } from "./versioned-update";

@Entity()
class Thing extends OwnedRow {
  @Column({ type: "text" })
  title!: string;
}

class CreateThing1700000000001 implements MigrationInterface {
  readonly name = "CreateThing1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE thing (id text COLLATE "C" PRIMARY KEY, owner_member text NOT NULL, version int NOT NULL,
      created_at timestamptz(3) NOT NULL, updated_at timestamptz(3) NOT NULL, title text NOT NULL)`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE thing");
  }
}

const log = pino({ level: "silent" });
const NOW = new Date("2026-11-01T00:00:00.000Z");
const KEY = "0123456789abcdef";

let database: TestDatabase;
let source: DataSource;

function open(url: string): Promise<DataSource> {
  return createDataSource({
    url,
    applicationName: "things",
    entities: [Thing, HistoryEntry, IdempotencyRecord, OutboxMessage],
    migrations: [CreateSharedTables1700000000000, CreateThing1700000000001],
    connectTimeoutMs: 2_000,
    statementTimeoutMs: 2_000,
    log,
  });
}

async function insertThing(): Promise<Thing> {
  const thing = Object.assign(new Thing(), newRow(makeGlobalId("zz-alliance", "Thing"), "zz-alliance", NOW), {
    title: "a",
  });
  await source.manager.insert(Thing, thing);
  return thing;
}

function makeContext(): RequestContext {
  return new RequestContext({ requestId: "test", caller: DEMO_CALLER, database: source, log, now: NOW });
}

beforeAll(async () => {
  database = await createTestDatabase("shared");
  // Four processes that start at once migrate once.
  const sources = await Promise.all([1, 2, 3, 4].map(() => open(database.url)));
  source = sources[0] as DataSource;
  await Promise.all(sources.slice(1).map((other) => other.destroy()));
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

describe("createDataSource()", () => {
  it("migrates over a pool of one connection, however long a step takes, and then times statements again", async () => {
    class WaitLonger1700000000002 implements MigrationInterface {
      readonly name = "WaitLonger1700000000002";
      async up(runner: QueryRunner): Promise<void> {
        await runner.query("SELECT pg_sleep(0.5)");
      }
      async down(): Promise<void> {}
    }
    const small = await createTestDatabase("shared");
    const opened = await createDataSource({
      url: small.url,
      applicationName: "things",
      entities: [],
      migrations: [CreateThing1700000000001, WaitLonger1700000000002],
      poolSize: 1,
      connectTimeoutMs: 2_000,
      statementTimeoutMs: 250,
      log,
    });
    try {
      expect(await opened.query("SELECT name FROM migrations ORDER BY id")).toEqual([
        { name: "CreateThing1700000000001" },
        { name: "WaitLonger1700000000002" },
      ]);
      await expect(opened.query("SELECT pg_sleep(5)")).rejects.toMatchObject({ code: "57014" });
    } finally {
      await opened.destroy();
      await small.drop();
    }
  });

  it("applies each migration once when several processes start together", async () => {
    const rows = await source.query("SELECT name FROM migrations ORDER BY name");
    expect(rows).toEqual([{ name: "CreateSharedTables1700000000000" }, { name: "CreateThing1700000000001" }]);
  });

  it("refuses a database that another program made, and changes nothing in it", async () => {
    const failure = createDataSource({
      url: database.url,
      applicationName: "others",
      entities: [],
      migrations: [CreateSharedTables1700000000000],
      log,
    });
    await expect(failure).rejects.toThrow(DatabaseUnavailable);
    await expect(failure).rejects.toThrow(
      /^The database of others at 127\.0\.0\.1:\d+\/\w+ was made by another .* \(it has CreateThing1700000000001\)\. Nothing was changed\./,
    );
    expect(await source.query("SELECT count(*)::int AS count FROM migrations")).toEqual([{ count: 2 }]);
  });

  it("says what to do, and no password, when the database does not answer", async () => {
    const failure = open("postgres://user:hunter2@127.0.0.1:1/none");
    await expect(failure).rejects.toThrow(DatabaseUnavailable);
    await expect(failure).rejects.toThrow(/things at 127\.0\.0\.1:1\/none does not answer \(ECONNREFUSED\)/);
    await expect(failure).rejects.not.toThrow(/hunter2/);
    expect(describeDatabase("not a url with hunter2")).not.toContain("hunter2");
  });

  it("tells a database that refuses us from one that does not answer", async () => {
    const missing = Object.assign(new URL(database.url), { pathname: "/not_there" }).href;
    await expect(open(missing)).rejects.toThrow(/not_there does not exist \(3D000\)\. Make it/);
  });

  it.each([
    ["28P01", /refuses this user or password \(28P01\)/],
    ["28000", /refuses this user or password \(28000\)/],
    ["53300", /has no connection left \(53300\)/],
    ["57P03", /does not answer \(57P03\)/],
  ])("explains SQLSTATE %s", (code, message) => {
    expect(explainUnavailable("things", "postgres://u:hunter2@db/x", { code }).message).toMatch(message);
  });

  it("cancels a statement that runs too long", async () => {
    await expect(source.query("SELECT pg_sleep(30)")).rejects.toThrow("statement timeout");
  });
});

describe("updateVersioned()", () => {
  it("changes the row and counts its version up", async () => {
    const { id } = await insertThing();
    await updateVersioned(source.manager, Thing, { id, expectedVersion: 1 }, { title: "b" }, NOW);
    expect(await source.manager.findOneByOrFail(Thing, { id })).toMatchObject({ title: "b", version: 2 });
  });

  it("refuses a stale version and leaves the row as it is", async () => {
    const { id } = await insertThing();
    await updateVersioned(source.manager, Thing, { id, expectedVersion: 1 }, { title: "b" }, NOW);
    const stale = updateVersioned(source.manager, Thing, { id, expectedVersion: 1 }, { title: "c" }, NOW);
    await expect(stale).rejects.toMatchObject({ code: "VERSION_CONFLICT", extensions: { currentVersion: 2 } });
    expect(await source.manager.findOneByOrFail(Thing, { id })).toMatchObject({ title: "b", version: 2 });
  });

  it("lets exactly one of sixteen concurrent writers win", async () => {
    const { id } = await insertThing();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, index) =>
        inTransaction(source, (transaction) =>
          updateVersioned(transaction, Thing, { id, expectedVersion: 1 }, { title: `writer ${index}` }, NOW),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect((await source.manager.findOneByOrFail(Thing, { id })).version).toBe(2);
  });

  it("answers NOT_FOUND for an unknown row", async () => {
    const target = { id: makeGlobalId("zz-alliance", "Thing"), expectedVersion: 1 };
    await expect(updateVersioned(source.manager, Thing, target, { title: "b" }, NOW)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("inTransaction()", () => {
  it("tries again after a serialization failure and gives up on other errors", async () => {
    let attempts = 0;
    const done = await inTransaction(source, async (transaction) => {
      attempts += 1;
      if (attempts < 3) {
        await transaction.query("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
      }
      return attempts;
    });
    expect(done).toBe(3);
    const failing = inTransaction(source, (transaction) => transaction.query("SELECT * FROM nowhere"));
    await expect(failing).rejects.toThrow("nowhere");
    expect(sqlStateOf(await failing.catch((error: unknown) => error))).toBe("42P01");
  });

  it("writes an event if, and only if, the change commits (INV-24)", async () => {
    const { id } = await insertThing();
    const event = {
      subgraph: "things",
      name: "things.thing.changed",
      subject: id,
      subjectVersion: 1,
      data: { title: "a" },
      at: NOW,
    };
    await expect(
      inTransaction(source, async (transaction) => {
        await recordEvent(transaction, event);
        throw new HubError("GUARD_FAILED", "no");
      }),
    ).rejects.toMatchObject({ code: "GUARD_FAILED" });
    expect(await source.manager.countBy(OutboxMessage, { subject: id })).toBe(0);
    await inTransaction(source, (transaction) => recordEvent(transaction, event));
    expect(await source.manager.findBy(OutboxMessage, { subject: id })).toMatchObject([
      { type: "org.alliancehub.things.thing.changed.v1", source: "/members/zz-alliance/things", deliveredAt: null },
    ]);
  });
});

describe("runOnce()", () => {
  async function insertOnce(input: unknown, key: string | null, mutation: string): Promise<string> {
    return inTransaction(source, (transaction) =>
      runOnce(transaction, makeContext(), { mutation, key, input }, async () => {
        const thing = Object.assign(new Thing(), newRow(makeGlobalId("zz-alliance", "Thing"), "zz-alliance", NOW), {
          title: "once",
        });
        await transaction.insert(Thing, thing);
        return thing.id;
      }),
    );
  }

  it("returns the first result for a replay and changes nothing (INV-20)", async () => {
    const before = await source.manager.count(Thing);
    const first = await insertOnce({ a: 1, b: 2 }, KEY, "replay");
    expect(await insertOnce({ b: 2, a: 1 }, KEY, "replay")).toBe(first);
    expect(await source.manager.count(Thing)).toBe(before + 1);
  });

  it("refuses the key with other input", async () => {
    await insertOnce({ a: 1 }, KEY, "reuse");
    await expect(insertOnce({ a: 2 }, KEY, "reuse")).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  it("takes effect once however many ask at the same time", async () => {
    const before = await source.manager.count(Thing);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => insertOnce({}, KEY, "race")));
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({ code: "IDEMPOTENCY_IN_PROGRESS", extensions: { retryable: true } });
      }
    }
    expect(new Set(outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []))).size).toBe(1);
    expect(await source.manager.count(Thing)).toBe(before + 1);
  });

  it("forgets a key whose effect was rolled back, and takes each call without a key as new", async () => {
    await expect(
      inTransaction(source, (transaction) =>
        runOnce(transaction, makeContext(), { mutation: "rollback", key: KEY, input: {} }, async () => {
          throw new HubError("GUARD_FAILED", "no");
        }),
      ),
    ).rejects.toMatchObject({ code: "GUARD_FAILED" });
    expect(await insertOnce({}, KEY, "rollback")).toMatch(/\.thing\./);
    expect(await insertOnce({}, null, "none")).not.toBe(await insertOnce({}, null, "none"));
  });
});
