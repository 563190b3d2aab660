import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tables that every subgraph has: history, idempotency records and the outbox. First migration of each subgraph. */
export class CreateSharedTables1700000000000 implements MigrationInterface {
  readonly name = "CreateSharedTables1700000000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE history_entry (
        entity_id      text COLLATE "C" NOT NULL,
        version        int NOT NULL,
        at             timestamptz(3) NOT NULL,
        organization   text NOT NULL,
        role           text NOT NULL,
        changed_fields text[] NOT NULL,
        CONSTRAINT history_entry_pkey PRIMARY KEY (entity_id, version)
      )`);
    await runner.query(`
      CREATE TABLE idempotency_record (
        scope        text NOT NULL,
        mutation     text NOT NULL,
        key          text NOT NULL,
        input_digest text NOT NULL,
        result_id    text NOT NULL,
        expires_at   timestamptz(3) NOT NULL,
        CONSTRAINT idempotency_record_pkey PRIMARY KEY (scope, mutation, key),
        CONSTRAINT idempotency_record_digest_check CHECK (input_digest ~ '^[0-9a-f]{64}$')
      )`);
    await runner.query(`
      CREATE TABLE outbox_message (
        id             text COLLATE "C" NOT NULL,
        sequence       bigint GENERATED ALWAYS AS IDENTITY,
        transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
        type           text NOT NULL,
        source         text NOT NULL,
        subject        text NOT NULL,
        hubversion     int NOT NULL,
        hubto          text,
        hubsaga        text,
        data           jsonb NOT NULL,
        created_at     timestamptz(3) NOT NULL,
        delivered_at   timestamptz(3),
        CONSTRAINT outbox_message_pkey PRIMARY KEY (id),
        CONSTRAINT outbox_message_sequence_key UNIQUE (sequence)
      )`);
    await runner.query(
      "CREATE INDEX outbox_message_undelivered ON outbox_message (sequence) WHERE delivered_at IS NULL",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE outbox_message, idempotency_record, history_entry");
  }
}
