import type { MigrationInterface, QueryRunner } from "typeorm";

/** Columns and checks of every row that a member owns (INV-23). */
function ownedRow(table: string): string {
  return `
    id           text COLLATE "C" NOT NULL,
    owner_member text NOT NULL,
    version      int NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    updated_at   timestamptz(3) NOT NULL,
    CONSTRAINT ${table}_owner_check CHECK (split_part(id, '.', 1) = owner_member),
    CONSTRAINT ${table}_version_check CHECK (version >= 1)`;
}

export class CreateOrganizations1761955200000 implements MigrationInterface {
  readonly name = "CreateOrganizations1761955200000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE EXTENSION IF NOT EXISTS btree_gist");
    await runner.query(`
      CREATE TABLE admin_division (
        ${ownedRow("admin_division")},
        code              text COLLATE "C" NOT NULL,
        level             text NOT NULL,
        name              text NOT NULL,
        parent_code       text,
        valid_from        date NOT NULL,
        valid_to          date,
        replaced_by_codes text[] NOT NULL DEFAULT '{}',
        priority_status   text NOT NULL,
        lifted_on         date,
        governed_by       text,
        CONSTRAINT admin_division_pkey PRIMARY KEY (code, valid_from),
        CONSTRAINT admin_division_id_check CHECK (split_part(id, '.', 3) = code),
        CONSTRAINT admin_division_code_check CHECK (code ~ '^[0-9]{6}([0-9]{3}){0,2}$'),
        CONSTRAINT admin_division_level_check CHECK (level IN ('PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE')),
        CONSTRAINT admin_division_priority_check CHECK (priority_status IN
          ('NATIONAL_KEY_COUNTY', 'PROVINCIAL_KEY_COUNTY', 'POOR_VILLAGE', 'LIFTED', 'NONE')),
        -- INV-31: periods of one code do not overlap.
        CONSTRAINT admin_division_periods_excl EXCLUDE USING gist
          (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
      )`);
    await runner.query("CREATE INDEX admin_division_parent ON admin_division (parent_code, code)");
    await runner.query(`
      CREATE TABLE organization (
        ${ownedRow("organization")},
        uscc                         text,
        legal_name                   text NOT NULL,
        name_en                      text,
        type                         text NOT NULL,
        status                       text NOT NULL,
        registered_at_code           text,
        service_area_codes           text[] NOT NULL DEFAULT '{}',
        yearly_income_minor          bigint,
        staff_count                  int,
        regulatory_status            text NOT NULL,
        public_fundraising_qualified boolean NOT NULL,
        grade                        text,
        grade_valid_until            date,
        sponsor_id                   text COLLATE "C",
        contact                      text,
        CONSTRAINT organization_pkey PRIMARY KEY (id),
        -- INV-32: a credit code is used once; rows are never deleted.
        CONSTRAINT organization_uscc_key UNIQUE (uscc),
        CONSTRAINT organization_uscc_check CHECK ((uscc IS NULL) = (type = 'VOLUNTEER_GROUP')),
        CONSTRAINT organization_sponsor_check CHECK (type <> 'VOLUNTEER_GROUP' OR sponsor_id IS NOT NULL),
        CONSTRAINT organization_status_check CHECK (status IN ('PENDING', 'REGISTERED', 'REFUSED')),
        CONSTRAINT organization_regulatory_check CHECK (regulatory_status IN
          ('NORMAL', 'ABNORMAL_LIST', 'SERIOUS_BREACH_LIST', 'DEREGISTERED')),
        CONSTRAINT organization_grade_check CHECK (grade IN ('A1', 'A2', 'A3', 'A4', 'A5')),
        CONSTRAINT organization_size_check CHECK (yearly_income_minor >= 0 AND staff_count >= 0)
      )`);
    await runner.query(`CREATE INDEX organization_by_name ON organization (legal_name COLLATE "C", id)`);
    await runner.query("CREATE INDEX organization_service_area ON organization USING gin (service_area_codes)");
    await runner.query(`
      CREATE TABLE membership (
        ${ownedRow("membership")},
        organization_id text COLLATE "C" NOT NULL,
        member_code     text,
        tier            text NOT NULL,
        status          text NOT NULL,
        joined_on       date,
        ended_on        date,
        effective_at    timestamptz(3) NOT NULL,
        recorded_at     timestamptz(3) NOT NULL,
        CONSTRAINT membership_pkey PRIMARY KEY (id),
        CONSTRAINT membership_organization_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
        -- INV-32: a member code is used once.
        CONSTRAINT membership_member_code_key UNIQUE (member_code),
        CONSTRAINT membership_member_code_check CHECK (member_code ~ '^[a-z][a-z0-9-]{1,30}$'),
        CONSTRAINT membership_active_check CHECK (status <> 'ACTIVE' OR (member_code IS NOT NULL AND joined_on IS NOT NULL)),
        CONSTRAINT membership_tier_check CHECK (tier IN ('FULL', 'ASSOCIATE', 'OBSERVER')),
        CONSTRAINT membership_status_check CHECK (status IN
          ('APPLIED', 'ACTIVE', 'REJECTED', 'SUSPENDED', 'WITHDRAWN', 'EXPELLED'))
      )`);
    await runner.query("CREATE INDEX membership_by_organization ON membership (organization_id, effective_at, id)");
    await runner.query("CREATE INDEX membership_by_time ON membership (effective_at, id)");
    await runner.query(`
      CREATE TABLE person (
        ${ownedRow("person")},
        display_name    text NOT NULL,
        organization_id text COLLATE "C" NOT NULL,
        CONSTRAINT person_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`
      CREATE TABLE role_grant (
        ${ownedRow("role_grant")},
        person_id         text COLLATE "C" NOT NULL,
        role              text NOT NULL,
        scope_kind        text NOT NULL,
        scope_ref         text NOT NULL,
        status            text NOT NULL,
        valid_from        timestamptz(3) NOT NULL,
        valid_to          timestamptz(3) NOT NULL,
        requires_training text,
        granted_by_id     text COLLATE "C",
        reason            text,
        CONSTRAINT role_grant_pkey PRIMARY KEY (id),
        CONSTRAINT role_grant_period_check CHECK (valid_from < valid_to),
        CONSTRAINT role_grant_self_check CHECK (granted_by_id <> person_id),
        CONSTRAINT role_grant_scope_check CHECK (scope_kind IN ('DIVISION', 'ORGANIZATION', 'PROJECT', 'FUND', 'ALLIANCE')),
        CONSTRAINT role_grant_status_check CHECK (status IN ('PENDING_TRAINING', 'ACTIVE', 'EXPIRED', 'REVOKED')),
        -- INV-27: one person holds one role for one scope once at a time.
        CONSTRAINT role_grant_periods_excl EXCLUDE USING gist (
          person_id WITH =, role WITH =, scope_kind WITH =, scope_ref WITH =,
          tstzrange(valid_from, valid_to) WITH &&
        ) WHERE (status IN ('PENDING_TRAINING', 'ACTIVE'))
      )`);
    await runner.query("CREATE INDEX role_grant_by_start ON role_grant (valid_from DESC, id DESC)");
    await runner.query(`
      CREATE TABLE partition (
        ${ownedRow("partition")},
        member               text NOT NULL,
        subgraph             text NOT NULL,
        instance_code        text NOT NULL,
        instance_operator_id text COLLATE "C",
        instance_url         text,
        epoch                int NOT NULL,
        state                text NOT NULL,
        move_deadline        timestamptz(3),
        CONSTRAINT partition_pkey PRIMARY KEY (id),
        CONSTRAINT partition_member_subgraph_key UNIQUE (member, subgraph),
        CONSTRAINT partition_subgraph_check CHECK (subgraph IN ('ORGANIZATIONS', 'NEEDS', 'PROJECTS', 'FUNDS')),
        CONSTRAINT partition_state_check CHECK (state IN ('SERVING', 'MOVING', 'ARCHIVED')),
        CONSTRAINT partition_moving_check CHECK ((state = 'MOVING') = (move_deadline IS NOT NULL)),
        CONSTRAINT partition_epoch_check CHECK (epoch >= 1)
      )`);
    await runner.query(`CREATE INDEX partition_by_member ON partition (member COLLATE "C", id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE partition, role_grant, person, membership, organization, admin_division");
  }
}
