import type { MigrationInterface, QueryRunner } from "typeorm";

/** Twelve digits in which province, city, county and township are not zero. */
const IS_VILLAGE = "village_code ~ '^[1-8][0-9]{11}$' AND village_code !~ '^(..00|....00|.{6}000)'";

/** Columns and checks of every row that a member owns (INV-23); (id, owner_member) lets children stay with their owner. */
function ownedRow(table: string): string {
  return `
    id           text COLLATE "C" NOT NULL,
    owner_member text NOT NULL,
    version      int NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    updated_at   timestamptz(3) NOT NULL,
    CONSTRAINT ${table}_pkey PRIMARY KEY (id),
    CONSTRAINT ${table}_owner_key UNIQUE (id, owner_member),
    CONSTRAINT ${table}_owner_check CHECK (split_part(id, '.', 1) = owner_member),
    CONSTRAINT ${table}_version_check CHECK (version >= 1)`;
}

export class CreateNeeds1761955300000 implements MigrationInterface {
  readonly name = "CreateNeeds1761955300000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE household (
        ${ownedRow("household")},
        village_code text COLLATE "C" NOT NULL,
        status       text NOT NULL,
        attribute    text,
        main_cause   text NOT NULL,
        size         int,
        CONSTRAINT household_village_check CHECK (${IS_VILLAGE}),
        CONSTRAINT household_status_check CHECK (status IN ('REGISTERED', 'LIFTED', 'MONITORED', 'CLOSED')),
        CONSTRAINT household_attribute_check CHECK (attribute IN ('GENERAL_POOR', 'DIBAO', 'WUBAO', 'DIBAO_POOR')),
        CONSTRAINT household_cause_check CHECK (main_cause IN
          ('ILLNESS', 'DISABILITY', 'SCHOOLING', 'DISASTER', 'LACK_OF_LAND', 'LACK_OF_WATER', 'LACK_OF_TECHNOLOGY',
           'LACK_OF_LABOUR', 'LACK_OF_CAPITAL', 'POOR_TRANSPORT', 'LACK_OF_SELF_DEVELOPMENT', 'OTHER')),
        CONSTRAINT household_size_check CHECK (size >= 1)
      )`);
    await runner.query("CREATE INDEX household_by_village ON household (village_code, id)");
    await runner.query(`
      CREATE TABLE need (
        ${ownedRow("need")},
        source_system      text,
        source_id          text,
        household_id       text COLLATE "C",
        village_code       text COLLATE "C" NOT NULL,
        category           text NOT NULL,
        title              text NOT NULL,
        description        text,
        public_description text,
        urgency            text NOT NULL,
        origin             text NOT NULL,
        status             text NOT NULL,
        status_reason      text,
        notice_ends_at     timestamptz(3),
        published_at       timestamptz(3),
        expires_at         timestamptz(3),
        merged_into_id     text COLLATE "C",
        CONSTRAINT need_source_key UNIQUE (owner_member, source_system, source_id),
        CONSTRAINT need_source_check CHECK ((source_system IS NULL) = (source_id IS NULL)),
        -- With the owner: a household, its needs and their items never belong to two members.
        CONSTRAINT need_household_fkey FOREIGN KEY (household_id, owner_member) REFERENCES household (id, owner_member),
        CONSTRAINT need_merged_into_fkey FOREIGN KEY (merged_into_id, owner_member) REFERENCES need (id, owner_member),
        CONSTRAINT need_merged_check CHECK ((status = 'MERGED') = (merged_into_id IS NOT NULL) AND merged_into_id <> id),
        CONSTRAINT need_village_check CHECK (${IS_VILLAGE}),
        CONSTRAINT need_title_check CHECK (char_length(title) BETWEEN 1 AND 140),
        CONSTRAINT need_category_check CHECK (category IN
          ('MEDICAL_CARE', 'NATURAL_DISASTER', 'HOUSING_SAFETY', 'LIVING_MATERIALS', 'STUDY_SUPPORT', 'CHILD_CARE',
           'VETERANS_CARE', 'PSYCHOSOCIAL', 'EDUCATION_TRAINING', 'AGRI_TECHNOLOGY', 'ECOLOGICAL_PROTECTION', 'EMPLOYMENT',
           'INDUSTRY_DEVELOPMENT', 'ECOMMERCE', 'DIGITAL_WELFARE', 'PUBLIC_CULTURE', 'OTHER')),
        CONSTRAINT need_urgency_check CHECK (urgency IN ('LIFE_SAVING', 'URGENT', 'NORMAL', 'DEVELOPMENT')),
        CONSTRAINT need_origin_check CHECK (origin IN ('HOUSEHOLD', 'OFFICER', 'ORGANIZATION', 'IMPORT')),
        -- INV-11: no state outside the table.
        CONSTRAINT need_status_check CHECK (status IN
          ('DRAFT', 'SUBMITTED', 'VERIFIED_VILLAGE', 'VERIFIED_TOWNSHIP', 'VERIFIED_COUNTY', 'VERIFIED_CITY', 'RETURNED',
           'PUBLISHED', 'SUSPENDED', 'FULFILLED', 'CLOSED', 'REJECTED_FALSE', 'WITHDRAWN', 'EXPIRED', 'MERGED')),
        CONSTRAINT need_reason_check CHECK (status <> 'RETURNED' OR status_reason IS NOT NULL),
        CONSTRAINT need_published_check CHECK (
          status NOT IN ('PUBLISHED', 'SUSPENDED', 'FULFILLED', 'CLOSED', 'EXPIRED')
          OR (published_at IS NOT NULL AND expires_at IS NOT NULL)),
        CONSTRAINT need_expiry_check CHECK (expires_at > published_at)
      )`);
    await runner.query("CREATE INDEX need_by_creation ON need (created_at DESC, id DESC)");
    await runner.query(
      "CREATE INDEX need_by_publication ON need (published_at DESC, id DESC) WHERE status = 'PUBLISHED'",
    );
    // COLLATE "C" on the column: a range over the code's first digits is one piece of the index.
    await runner.query(
      "CREATE INDEX need_published_by_village ON need (village_code, published_at DESC, id DESC) WHERE status = 'PUBLISHED'",
    );
    await runner.query("CREATE INDEX need_by_village ON need (village_code, created_at DESC, id DESC)");
    await runner.query("CREATE INDEX need_by_household ON need (household_id) WHERE household_id IS NOT NULL");
    await runner.query("CREATE INDEX need_by_merged_into ON need (merged_into_id) WHERE merged_into_id IS NOT NULL");
    await runner.query(`
      CREATE TABLE need_item (
        ${ownedRow("need_item")},
        need_id                 text COLLATE "C" NOT NULL,
        mode                    text NOT NULL,
        item_code               text,
        unit                    text NOT NULL,
        unit_value_amount_minor bigint NOT NULL,
        unit_value_currency     text NOT NULL,
        requested               numeric(18, 6) NOT NULL,
        held                    numeric(18, 6) NOT NULL DEFAULT 0,
        committed               numeric(18, 6) NOT NULL DEFAULT 0,
        delivered               numeric(18, 6) NOT NULL DEFAULT 0,
        confirmed               numeric(18, 6) NOT NULL DEFAULT 0,
        minimum_lot             numeric(18, 6),
        accepts_substitutes     boolean NOT NULL,
        CONSTRAINT need_item_need_fkey FOREIGN KEY (need_id, owner_member) REFERENCES need (id, owner_member),
        CONSTRAINT need_item_mode_check CHECK (mode IN
          ('CASH', 'IN_KIND', 'SERVICE', 'JOB', 'TRAINING_PLACE', 'PURCHASE_OF_PRODUCE')),
        CONSTRAINT need_item_unit_check CHECK (unit IN
          ('FEN', 'KG', 'LITRE', 'PIECE', 'SET', 'HOUSEHOLD_KIT', 'HOUR', 'SEAT', 'PLACE_MONTH', 'HOUSE')),
        CONSTRAINT need_item_code_check CHECK (item_code ~ '^[1-3][0-9]{6}$'),
        CONSTRAINT need_item_cash_check CHECK ((mode = 'CASH') = (unit = 'FEN')),
        CONSTRAINT need_item_fen_check CHECK (unit <> 'FEN' OR
          (unit_value_amount_minor = 1 AND requested = trunc(requested) AND held = trunc(held)
           AND committed = trunc(committed) AND delivered = trunc(delivered) AND confirmed = trunc(confirmed))),
        -- One currency for all lines, and sums of twenty lines that fit the API's eighteen digits.
        CONSTRAINT need_item_value_check CHECK (unit_value_amount_minor >= 0 AND unit_value_currency = 'CNY'
          AND requested * unit_value_amount_minor <= 10000000000000000),
        CONSTRAINT need_item_lot_check CHECK (minimum_lot > 0 AND minimum_lot <= requested),
        -- INV-04
        CONSTRAINT need_item_requested_check CHECK (requested > 0),
        CONSTRAINT need_item_held_check CHECK (held >= 0 AND committed >= 0 AND held + committed <= requested),
        CONSTRAINT need_item_delivered_check CHECK (delivered >= 0 AND delivered <= committed),
        CONSTRAINT need_item_confirmed_check CHECK (confirmed >= 0 AND confirmed <= delivered)
      )`);
    await runner.query("CREATE INDEX need_item_by_need ON need_item (need_id, id)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE need_item, need, household");
  }
}
