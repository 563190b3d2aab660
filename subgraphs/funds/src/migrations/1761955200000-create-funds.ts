import type { MigrationInterface, QueryRunner } from "typeorm";

/** Columns and checks of every row that a member owns (INV-23). */
function ownedRow(table: string): string {
  return `
    id           text COLLATE "C" NOT NULL,
    owner_member text NOT NULL,
    version      int NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    updated_at   timestamptz(3) NOT NULL,
    CONSTRAINT ${table}_pkey PRIMARY KEY (id),
    CONSTRAINT ${table}_owner_check CHECK (split_part(id, '.', 1) = owner_member),
    CONSTRAINT ${table}_version_check CHECK (version >= 1)`;
}

/** Columns and checks of a row of one fund: same owner and same currency as the fund, so that no sum mixes either. */
function rowOfFund(table: string): string {
  return `
    ${ownedRow(table)},
    fund_id             text COLLATE "C" NOT NULL,
    amount_amount_minor bigint NOT NULL,
    amount_currency     text NOT NULL,
    CONSTRAINT ${table}_fund_fkey FOREIGN KEY (fund_id, amount_currency) REFERENCES fund (id, currency),
    CONSTRAINT ${table}_fund_owner_check CHECK (split_part(fund_id, '.', 1) = owner_member),
    -- At most 18 digits: what the API's BigInt can carry.
    CONSTRAINT ${table}_amount_check CHECK (amount_amount_minor BETWEEN 1 AND 999999999999999999)`;
}

const CATEGORIES = `(ARRAY['MEDICAL_CARE', 'NATURAL_DISASTER', 'HOUSING_SAFETY', 'LIVING_MATERIALS', 'STUDY_SUPPORT',
  'CHILD_CARE', 'VETERANS_CARE', 'PSYCHOSOCIAL', 'EDUCATION_TRAINING', 'AGRI_TECHNOLOGY', 'ECOLOGICAL_PROTECTION',
  'EMPLOYMENT', 'INDUSTRY_DEVELOPMENT', 'ECOMMERCE', 'DIGITAL_WELFARE', 'PUBLIC_CULTURE', 'OTHER'])`;

/**
 * Funds, donations and allocations. The journal, its accounts, lots, disbursements and approvals come as tables beside these
 * and refer to them by id; amounts are bigint fen from the first day.
 */
export class CreateFunds1761955200000 implements MigrationInterface {
  readonly name = "CreateFunds1761955200000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION is_distinct_list(items text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
      AS $$ SELECT count(*) = count(DISTINCT item) FROM unnest(items) AS item $$`);
    await runner.query(`
      CREATE TABLE fund (
        ${ownedRow("fund")},
        name                          text NOT NULL,
        kind                          text NOT NULL,
        restriction_categories        text[] NOT NULL DEFAULT '{}',
        restriction_area_codes        text[] COLLATE "C" NOT NULL DEFAULT '{}',
        restriction_valid_from        date,
        restriction_valid_to          date,
        manager_id                    text COLLATE "C" NOT NULL,
        custodian_id                  text COLLATE "C" NOT NULL,
        supervisor_ids                text[] COLLATE "C" NOT NULL DEFAULT '{}',
        currency                      text NOT NULL,
        livelihood_floor_amount_minor bigint NOT NULL DEFAULT 0,
        livelihood_floor_currency     text NOT NULL,
        status                        text NOT NULL,
        -- What the rows of a fund refer to: its id together with its currency.
        CONSTRAINT fund_currency_key UNIQUE (id, currency),
        CONSTRAINT fund_kind_check CHECK (kind IN
          ('CHARITABLE', 'SPECIAL_PURPOSE', 'GOVERNMENT_SPECIAL', 'INDUSTRIAL_INVESTMENT', 'EMERGENCY')),
        CONSTRAINT fund_status_check CHECK (status IN ('DRAFT', 'ACTIVE', 'FROZEN', 'WINDING_UP', 'CLOSED')),
        CONSTRAINT fund_categories_check CHECK (restriction_categories <@ ${CATEGORIES}),
        CONSTRAINT fund_areas_check CHECK
          (array_to_string(restriction_area_codes, ',', '?') ~ '^([1-8][0-9]{5}([0-9]{3}){0,2}(,|$))*$'),
        CONSTRAINT fund_period_check CHECK (restriction_valid_from <= restriction_valid_to),
        CONSTRAINT fund_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
        CONSTRAINT fund_floor_check CHECK
          (livelihood_floor_amount_minor BETWEEN 0 AND 999999999999999999 AND livelihood_floor_currency = currency),
        -- Who asks, who pays and who watches are different organizations.
        CONSTRAINT fund_duties_check CHECK (
          manager_id <> custodian_id
          AND manager_id <> ALL (supervisor_ids) AND custodian_id <> ALL (supervisor_ids)
          AND is_distinct_list(supervisor_ids)
        ),
        CONSTRAINT fund_supervisors_check CHECK (status = 'DRAFT' OR cardinality(supervisor_ids) >= 2)
      )`);
    await runner.query(`CREATE INDEX fund_by_name ON fund (name COLLATE "C", id)`);
    await runner.query(`CREATE INDEX fund_by_manager ON fund (manager_id, name COLLATE "C", id)`);
    await runner.query(`
      CREATE TABLE donation (
        ${rowOfFund("donation")},
        kind                    text NOT NULL,
        donor_organization_id   text COLLATE "C",
        donor_name              text,
        anonymous               boolean NOT NULL,
        goods_item_code         text,
        goods_unit              text,
        goods_quantity          numeric,
        earmark_category        text,
        earmark_division_prefix text,
        earmark_project_id      text COLLATE "C",
        received_at             timestamptz(3) NOT NULL,
        receipt_number          text NOT NULL,
        refunded_at             timestamptz(3),
        effective_at            timestamptz(3) NOT NULL,
        recorded_at             timestamptz(3) NOT NULL,
        CONSTRAINT donation_receipt_key UNIQUE (owner_member, receipt_number),
        CONSTRAINT donation_kind_check CHECK (kind IN ('DONATION', 'GRANT', 'IN_KIND')),
        CONSTRAINT donation_goods_check CHECK (
          (kind = 'IN_KIND') = (goods_unit IS NOT NULL) AND (kind = 'IN_KIND') = (goods_quantity IS NOT NULL)
          AND (kind = 'IN_KIND' OR goods_item_code IS NULL)
        ),
        CONSTRAINT donation_item_check CHECK (goods_item_code ~ '^[1-3][0-9]{6}$'),
        CONSTRAINT donation_unit_check CHECK (goods_unit IN
          ('FEN', 'KG', 'LITRE', 'PIECE', 'SET', 'HOUSEHOLD_KIT', 'HOUR', 'SEAT', 'PLACE_MONTH', 'HOUSE')),
        -- At most 18 digits, 6 of them after the point: what the API's Decimal can carry.
        CONSTRAINT donation_quantity_check CHECK
          (goods_quantity > 0 AND goods_quantity < 1000000000000 AND scale(goods_quantity) <= 6),
        CONSTRAINT donation_earmark_category_check CHECK (earmark_category = ANY ${CATEGORIES}),
        CONSTRAINT donation_earmark_prefix_check CHECK (earmark_division_prefix ~ '^[1-8][0-9]{1,11}$'),
        CONSTRAINT donation_refund_check CHECK (refunded_at >= received_at)
      )`);
    await runner.query("CREATE INDEX donation_by_time ON donation (received_at, id)");
    await runner.query("CREATE INDEX donation_by_fund ON donation (fund_id, received_at, id)");
    await runner.query(
      "CREATE INDEX donation_by_donor ON donation (donor_organization_id, received_at, id) WHERE NOT anonymous",
    );
    await runner.query(`
      CREATE TABLE allocation (
        ${rowOfFund("allocation")},
        target_kind      text NOT NULL,
        target_id        text COLLATE "C",
        status           text NOT NULL,
        category         text,
        line             text,
        township_code    text COLLATE "C",
        project_id       text COLLATE "C",
        need_id          text COLLATE "C",
        reserved_until   timestamptz(3),
        disbursed_minor  bigint NOT NULL DEFAULT 0,
        in_transit_minor bigint NOT NULL DEFAULT 0,
        reason           text,
        transfer_fund_id text COLLATE "C" GENERATED ALWAYS AS
          (CASE WHEN target_kind = 'FUND_TRANSFER' THEN target_id END) STORED,
        -- Money moves between funds of one owner and one currency.
        CONSTRAINT allocation_transfer_fkey FOREIGN KEY (transfer_fund_id, amount_currency) REFERENCES fund (id, currency),
        CONSTRAINT allocation_transfer_check CHECK
          (transfer_fund_id <> fund_id AND split_part(transfer_fund_id, '.', 1) = owner_member),
        CONSTRAINT allocation_target_check CHECK (CASE target_kind
          WHEN 'MATCH' THEN target_id IS NOT NULL AND split_part(target_id, '.', 2) = 'match'
          WHEN 'BUDGET_LINE' THEN target_id IS NOT NULL AND split_part(target_id, '.', 2) = 'budget-line'
          WHEN 'CONTRACT' THEN target_id IS NOT NULL AND split_part(target_id, '.', 2) = 'contract'
          WHEN 'FUND_TRANSFER' THEN target_id IS NOT NULL AND split_part(target_id, '.', 2) = 'fund'
          WHEN 'MANAGEMENT_COST' THEN target_id IS NULL
          ELSE false END),
        CONSTRAINT allocation_status_check CHECK (status IN
          ('REQUESTED', 'RESERVED', 'APPROVED', 'COMMITTED', 'PARTLY_DISBURSED', 'DISBURSED', 'SETTLED',
           'REJECTED', 'CANCELLED', 'EXPIRED', 'RELEASED')),
        CONSTRAINT allocation_category_check CHECK (category = ANY ${CATEGORIES}),
        CONSTRAINT allocation_line_check CHECK (line IN ('L', 'D')),
        CONSTRAINT allocation_township_check CHECK (township_code ~ '^[1-8][0-9]{8}$'),
        -- Need.funding would miss money whose need is not known: from the lock on, a match names it.
        CONSTRAINT allocation_need_check CHECK (
          (need_id IS NULL OR target_kind = 'MATCH')
          AND (need_id IS NOT NULL OR target_kind <> 'MATCH'
               OR status IN ('REQUESTED', 'REJECTED', 'CANCELLED', 'EXPIRED'))
        ),
        CONSTRAINT allocation_reserved_until_check CHECK (status <> 'RESERVED' OR reserved_until IS NOT NULL),
        CONSTRAINT allocation_disbursed_check CHECK (disbursed_minor BETWEEN 0 AND amount_amount_minor),
        CONSTRAINT allocation_in_transit_check CHECK
          (in_transit_minor BETWEEN 0 AND amount_amount_minor - disbursed_minor),
        CONSTRAINT allocation_paid_state_check CHECK (CASE
          WHEN status = 'COMMITTED' THEN disbursed_minor = 0
          WHEN status = 'PARTLY_DISBURSED' THEN disbursed_minor > 0 AND disbursed_minor < amount_amount_minor
          WHEN status IN ('DISBURSED', 'SETTLED') THEN disbursed_minor = amount_amount_minor
          WHEN status = 'RELEASED' THEN disbursed_minor < amount_amount_minor AND in_transit_minor = 0
          ELSE disbursed_minor = 0 AND in_transit_minor = 0 END)
      )`);
    await runner.query("CREATE INDEX allocation_by_time ON allocation (created_at, id)");
    await runner.query("CREATE INDEX allocation_by_fund ON allocation (fund_id, created_at, id)");
    await runner.query(
      "CREATE INDEX allocation_by_project ON allocation (project_id, created_at, id) WHERE project_id IS NOT NULL",
    );
    await runner.query("CREATE INDEX allocation_by_need ON allocation (need_id) WHERE need_id IS NOT NULL");
    await runner.query(
      "CREATE INDEX allocation_by_transfer ON allocation (transfer_fund_id) WHERE transfer_fund_id IS NOT NULL",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE allocation, donation, fund");
    await runner.query("DROP FUNCTION is_distinct_list(text[])");
  }
}
