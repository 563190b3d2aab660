import type { SharedSubgraphName } from "../../alliance/shared-subgraphs";

/** A rule that rows of one database keep among themselves. */
export interface RowCheck {
  readonly subgraph: SharedSubgraphName;
  readonly rule: string;
  /** Selects one text for each row that breaks the rule. */
  readonly sql: string;
}

/** States that need a published past. */
const OPEN_OR_DONE = "('PUBLISHED', 'SUSPENDED', 'FULFILLED', 'CLOSED')";
const COMMITTED = "('COMMITTED', 'PARTLY_DISBURSED', 'DISBURSED', 'SETTLED')";

/** What the database's own constraints do not say, or say only at a single row. */
export const ROW_CHECKS: readonly RowCheck[] = [
  {
    subgraph: "organizations",
    rule: "a division lies in one that exists",
    sql: `SELECT code FROM admin_division child WHERE parent_code IS NOT NULL
          AND NOT EXISTS (SELECT FROM admin_division WHERE code = child.parent_code)`,
  },
  {
    subgraph: "organizations",
    rule: "a division in force has a member that governs it, set on it or above",
    sql: `SELECT code FROM admin_division child WHERE valid_to IS NULL AND NOT EXISTS (
            SELECT FROM admin_division above JOIN membership ON member_code = above.governed_by AND status = 'ACTIVE'
            WHERE above.valid_to IS NULL AND child.code LIKE
              (CASE WHEN length(above.code) = 6 THEN regexp_replace(above.code, '(00){1,2}$', '') ELSE above.code END) || '%')`,
  },
  {
    subgraph: "organizations",
    rule: "a successor of a division exists",
    sql: `SELECT code FROM admin_division, unnest(replaced_by_codes) AS successor
          WHERE NOT EXISTS (SELECT FROM admin_division WHERE code = successor)`,
  },
  {
    subgraph: "organizations",
    rule: "each member has one partition of each shared subgraph",
    sql: `SELECT member_code FROM membership LEFT JOIN partition ON member = member_code
          GROUP BY member_code HAVING count(partition.id) <> 4`,
  },
  {
    subgraph: "organizations",
    rule: "persons, sponsors and operators name organizations that exist",
    sql: `SELECT ref FROM (SELECT organization_id FROM person UNION SELECT sponsor_id FROM organization
            UNION SELECT instance_operator_id FROM partition) AS named (ref)
          WHERE ref IS NOT NULL AND NOT EXISTS (SELECT FROM organization WHERE id = ref)`,
  },
  {
    subgraph: "organizations",
    rule: "a grant is for a person that exists, given by another, and lasts at most twelve months",
    sql: `SELECT id FROM role_grant WHERE valid_to - valid_from > interval '366 days'
          OR NOT EXISTS (SELECT FROM person WHERE id = person_id) OR NOT EXISTS (SELECT FROM person WHERE id = granted_by_id)`,
  },
  {
    subgraph: "organizations",
    rule: "a grant for a division belongs to the member that governs it",
    sql: `SELECT id FROM role_grant WHERE scope_kind = 'DIVISION' AND owner_member IS DISTINCT FROM (
            SELECT governed_by FROM admin_division WHERE governed_by IS NOT NULL
            AND scope_ref LIKE regexp_replace(code, '(00){1,2}$', '') || '%' ORDER BY code DESC LIMIT 1)`,
  },
  {
    subgraph: "needs",
    rule: "a need has an item",
    sql: "SELECT id FROM need WHERE NOT EXISTS (SELECT FROM need_item WHERE need_id = need.id)",
  },
  {
    subgraph: "needs",
    rule: "a need of a household lies in the household's village",
    sql: "SELECT need.id FROM need JOIN household ON household.id = household_id WHERE household.village_code <> need.village_code",
  },
  {
    subgraph: "needs",
    rule: "nothing is held or committed of a need that was not published",
    sql: `SELECT need.id FROM need JOIN need_item ON need_id = need.id
          WHERE status NOT IN ${OPEN_OR_DONE} AND held + committed > 0`,
  },
  {
    subgraph: "needs",
    rule: "all of a fulfilled need is confirmed (state table of Need)",
    sql: `SELECT need.id FROM need JOIN need_item ON need_id = need.id
          WHERE status IN ('FULFILLED', 'CLOSED') AND confirmed <> requested`,
  },
  {
    subgraph: "needs",
    rule: "a need is published after its public notice, and with words that were released",
    sql: `SELECT id FROM need WHERE published_at < notice_ends_at
          OR (published_at IS NOT NULL AND (public_description IS NULL OR (notice_ends_at IS NULL AND urgency <> 'LIFE_SAVING')))`,
  },
  {
    subgraph: "needs",
    rule: "a published need of which nothing is promised has not expired",
    sql: `SELECT need.id FROM need, demo_seed WHERE status = 'PUBLISHED'
          AND expires_at < (today::timestamp AT TIME ZONE 'Asia/Shanghai')
          AND NOT EXISTS (SELECT FROM need_item WHERE need_id = need.id AND held + committed > 0)`,
  },
  {
    subgraph: "needs",
    rule: "a need was merged into one of the same household and category",
    sql: `SELECT need.id FROM need JOIN need AS target ON target.id = need.merged_into_id
          WHERE need.household_id IS DISTINCT FROM target.household_id OR need.category <> target.category`,
  },
  {
    subgraph: "needs",
    rule: "the history of a need has an entry for each version, in the order of time",
    sql: `SELECT need.id FROM need JOIN history_entry ON entity_id = need.id GROUP BY need.id
          HAVING count(*) <> need.version OR max(history_entry.version) <> need.version
          OR array_agg(at ORDER BY history_entry.version) <> array_agg(at ORDER BY at)
          UNION SELECT id FROM need WHERE NOT EXISTS (SELECT FROM history_entry WHERE entity_id = need.id)`,
  },
  {
    subgraph: "projects",
    rule: "the locations of a project sum to 10 000 (INV-30)",
    sql: `SELECT project.id FROM project LEFT JOIN project_location ON project_id = project.id
          GROUP BY project.id HAVING coalesce(sum(project_location.share_bp), 0) <> 10000`,
  },
  {
    subgraph: "projects",
    rule: "a project under review or further plans a need",
    sql: `SELECT id FROM project WHERE status <> 'PROPOSED' AND NOT EXISTS (SELECT FROM planned_need WHERE project_id = project.id)`,
  },
  {
    subgraph: "projects",
    rule: "milestones of a completed project are met or waived",
    sql: `SELECT milestone.id FROM milestone JOIN project ON project.id = project_id
          WHERE project.status = 'COMPLETED' AND milestone.status NOT IN ('MET', 'WAIVED')`,
  },
  {
    subgraph: "projects",
    rule: "a project belongs to the member of its lead organization",
    sql: "SELECT id FROM project WHERE split_part(lead_organization_id, '.', 1) <> owner_member",
  },
  {
    subgraph: "funds",
    rule: "at no time had a fund promised more than it had received",
    sql: `WITH movement AS (
            SELECT fund_id, received_at AS at, amount_amount_minor AS amount FROM donation WHERE kind <> 'IN_KIND'
            UNION ALL SELECT fund_id, refunded_at, -amount_amount_minor FROM donation WHERE refunded_at IS NOT NULL
            UNION ALL SELECT transfer_fund_id, updated_at, disbursed_minor FROM allocation WHERE transfer_fund_id IS NOT NULL
            UNION ALL SELECT fund_id, created_at, -amount_amount_minor FROM allocation
                      WHERE status IN ${COMMITTED} OR status IN ('RESERVED', 'APPROVED')
            UNION ALL SELECT fund_id, created_at, -disbursed_minor FROM allocation WHERE status = 'RELEASED'
          ), balance AS (
            SELECT fund_id, sum(amount) OVER (PARTITION BY fund_id ORDER BY at) AS amount FROM movement
          )
          SELECT DISTINCT fund_id FROM balance
          WHERE amount < 0`,
  },
  {
    subgraph: "funds",
    rule: "what is left of a fund is not less than its livelihood floor (INV-07)",
    sql: `SELECT fund.id FROM fund WHERE livelihood_floor_amount_minor >
            (SELECT sum(amount_amount_minor) FROM donation WHERE fund_id = fund.id AND kind <> 'IN_KIND' AND refunded_at IS NULL)
            - (SELECT coalesce(sum(CASE WHEN status = 'RELEASED' THEN disbursed_minor ELSE amount_amount_minor END), 0)
               FROM allocation WHERE fund_id = fund.id AND status NOT IN ('REQUESTED', 'REJECTED', 'CANCELLED', 'EXPIRED'))`,
  },
  {
    subgraph: "funds",
    rule: "an allocation fits the restriction of its fund (INV-07)",
    sql: `SELECT allocation.id FROM allocation JOIN fund ON fund.id = fund_id
          WHERE (category IS NOT NULL AND restriction_categories <> '{}' AND category <> ALL (restriction_categories))
          OR allocation.created_at < restriction_valid_from
          OR (township_code IS NOT NULL AND NOT EXISTS (SELECT FROM unnest(restriction_area_codes) AS area
              WHERE township_code LIKE regexp_replace(area, '(00){1,2}$', '') || '%'))`,
  },
];
