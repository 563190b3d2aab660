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

export class CreateProjects1761955200000 implements MigrationInterface {
  readonly name = "CreateProjects1761955200000";

  async up(runner: QueryRunner): Promise<void> {
    await createProject(runner);
    await createParts(runner);
    await createLocationShares(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE milestone, planned_need, project_location, project_partner, project");
    await runner.query("DROP FUNCTION check_project_location_shares, sum_project_location_shares");
  }
}

async function createProject(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE project (
      ${ownedRow("project")},
      source_system                text,
      source_id                    text,
      title                        text NOT NULL,
      summary                      text,
      programme                    text,
      modality                     text,
      category                     text NOT NULL,
      lead_organization_id         text COLLATE "C" NOT NULL,
      status                       text NOT NULL,
      suspended_from               text,
      planned_start                date,
      planned_end                  date,
      actual_start                 date,
      actual_end                   date,
      minimum_funding_amount_minor bigint NOT NULL,
      minimum_funding_currency     text NOT NULL,
      baseline_at                  date,
      CONSTRAINT project_pkey PRIMARY KEY (id),
      CONSTRAINT project_source_key UNIQUE (owner_member, source_system, source_id),
      CONSTRAINT project_source_check CHECK ((source_system IS NULL) = (source_id IS NULL)),
      CONSTRAINT project_title_check CHECK (title <> ''),
      CONSTRAINT project_modality_check CHECK (modality IN ('RELIEF', 'DEVELOPMENT', 'MIXED')),
      CONSTRAINT project_lead_check CHECK (split_part(lead_organization_id, '.', 2) = 'organization'),
      CONSTRAINT project_status_check CHECK (status IN
        ('PROPOSED', 'UNDER_REVIEW', 'APPROVED', 'REJECTED', 'FUNDED', 'IN_PROGRESS', 'COMPLETED', 'IN_FOLLOW_UP',
         'CLOSED', 'SUSPENDED', 'CANCELLED')),
      -- Where a suspended project goes back to; nothing else has such a state.
      CONSTRAINT project_suspended_check CHECK ((status = 'SUSPENDED') = (suspended_from IS NOT NULL)),
      CONSTRAINT project_suspended_from_check CHECK (suspended_from IN ('APPROVED', 'FUNDED', 'IN_PROGRESS')),
      CONSTRAINT project_planned_period_check CHECK (planned_start <= planned_end),
      CONSTRAINT project_actual_period_check CHECK (actual_start <= actual_end),
      CONSTRAINT project_funding_check CHECK (minimum_funding_amount_minor >= 0 AND minimum_funding_currency ~ '^[A-Z]{3}$')
    )`);
  await runner.query("CREATE INDEX project_by_time ON project (created_at DESC, id DESC)");
  await runner.query("CREATE INDEX project_by_lead ON project (lead_organization_id, created_at DESC, id DESC)");
}

/** What a project consists of: partners, locations, planned needs, milestones. */
async function createParts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE project_partner (
      project_id      text COLLATE "C" NOT NULL,
      organization_id text COLLATE "C" NOT NULL,
      role            text NOT NULL,
      share_bp        int,
      CONSTRAINT project_partner_pkey PRIMARY KEY (project_id, organization_id, role),
      CONSTRAINT project_partner_project_fkey FOREIGN KEY (project_id) REFERENCES project (id),
      CONSTRAINT project_partner_organization_check CHECK (split_part(organization_id, '.', 2) = 'organization'),
      CONSTRAINT project_partner_role_check CHECK (role IN ('FUNDING', 'ACCOUNTABLE', 'EXTENDING', 'IMPLEMENTING')),
      CONSTRAINT project_partner_share_check CHECK (share_bp BETWEEN 0 AND 10000)
    )`);
  await runner.query("CREATE INDEX project_partner_by_organization ON project_partner (organization_id, project_id)");
  await runner.query(`
    CREATE TABLE project_location (
      project_id    text COLLATE "C" NOT NULL,
      division_code text COLLATE "C" NOT NULL,
      share_bp      int NOT NULL,
      CONSTRAINT project_location_pkey PRIMARY KEY (project_id, division_code),
      CONSTRAINT project_location_project_fkey FOREIGN KEY (project_id) REFERENCES project (id),
      CONSTRAINT project_location_code_check CHECK (division_code ~ '^[0-9]{6}([0-9]{3}){0,2}$'),
      CONSTRAINT project_location_share_check CHECK (share_bp BETWEEN 1 AND 10000)
    )`);
  await runner.query("CREATE INDEX project_location_by_division ON project_location (division_code, project_id)");
  await runner.query(`
    CREATE TABLE planned_need (
      project_id text COLLATE "C" NOT NULL,
      need_id    text COLLATE "C" NOT NULL,
      quantity   numeric NOT NULL,
      CONSTRAINT planned_need_pkey PRIMARY KEY (project_id, need_id),
      CONSTRAINT planned_need_project_fkey FOREIGN KEY (project_id) REFERENCES project (id),
      CONSTRAINT planned_need_need_check CHECK (split_part(need_id, '.', 2) = 'need'),
      -- A Decimal: at most 18 digits, at most 6 of them after the point.
      CONSTRAINT planned_need_quantity_check CHECK
        (quantity > 0 AND scale(quantity) <= 6 AND quantity < 10::numeric ^ (18 - scale(quantity)))
    )`);
  await runner.query("CREATE INDEX planned_need_by_need ON planned_need (need_id, project_id)");
  await runner.query(`
    CREATE TABLE milestone (
      ${ownedRow("milestone")},
      project_id text COLLATE "C" NOT NULL,
      title      text NOT NULL,
      due_on     date NOT NULL,
      status     text NOT NULL,
      CONSTRAINT milestone_pkey PRIMARY KEY (id),
      CONSTRAINT milestone_project_fkey FOREIGN KEY (project_id) REFERENCES project (id),
      -- A part of a project never belongs to another member than the project.
      CONSTRAINT milestone_project_owner_check CHECK (split_part(project_id, '.', 1) = owner_member),
      CONSTRAINT milestone_title_check CHECK (title <> ''),
      CONSTRAINT milestone_status_check CHECK (status IN ('SCHEDULED', 'MET', 'PARTLY_MET', 'NOT_MET', 'WAIVED'))
    )`);
  await runner.query("CREATE INDEX milestone_by_project ON milestone (project_id, due_on, id)");
  await runner.query("CREATE INDEX milestone_scheduled ON milestone (due_on, id) WHERE status = 'SCHEDULED'");
}

/** INV-30: at each commit the shares of a project's locations sum to 10 000, when it has any. */
async function createLocationShares(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION sum_project_location_shares(changed_project_id text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      total bigint;
    BEGIN
      -- Two transactions that each add a location do not see each other's rows: the second waits here for the first and
      -- then sums what it committed.
      PERFORM 1 FROM project WHERE id = changed_project_id FOR NO KEY UPDATE;
      SELECT sum(share_bp) INTO total FROM project_location WHERE project_id = changed_project_id;
      IF total <> 10000 THEN
        RAISE EXCEPTION 'the location shares of project % sum to % instead of 10000', changed_project_id, total
          USING ERRCODE = 'check_violation', CONSTRAINT = 'project_location_shares_check', TABLE = 'project_location';
      END IF;
    END $$`);
  await runner.query(`
    CREATE FUNCTION check_project_location_shares() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        PERFORM sum_project_location_shares(OLD.project_id);
      END IF;
      IF TG_OP <> 'DELETE' THEN
        PERFORM sum_project_location_shares(NEW.project_id);
      END IF;
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE CONSTRAINT TRIGGER project_location_shares_check AFTER INSERT OR UPDATE OR DELETE ON project_location
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_project_location_shares()`);
}
