import type { SharedSubgraphName } from "../../alliance/shared-subgraphs";

/** References to rows of a table, from the same database or from another's. */
export interface ReferenceCheck {
  readonly rule: string;
  readonly from: SharedSubgraphName;
  /** Selects the distinct references as `ref`. */
  readonly sql: string;
  readonly to: SharedSubgraphName;
  readonly table: string;
  readonly column: string;
}

const ORGANIZATION = { to: "organizations", table: "organization", column: "id" } as const;
const DIVISION = { to: "organizations", table: "admin_division", column: "code" } as const;
const MEMBER = { to: "organizations", table: "membership", column: "member_code" } as const;
const NEED = { to: "needs", table: "need", column: "id" } as const;
const PROJECT = { to: "projects", table: "project", column: "id" } as const;
const FUND = { to: "funds", table: "fund", column: "id" } as const;

export const REFERENCE_CHECKS: readonly ReferenceCheck[] = [
  {
    rule: "grants for a project are for one that exists",
    from: "organizations",
    sql: "SELECT DISTINCT scope_ref AS ref FROM role_grant WHERE scope_kind = 'PROJECT'",
    ...PROJECT,
  },
  {
    rule: "grants for a fund are for one that exists",
    from: "organizations",
    sql: "SELECT DISTINCT scope_ref AS ref FROM role_grant WHERE scope_kind = 'FUND'",
    ...FUND,
  },
  {
    rule: "grants for a division are for one that exists",
    from: "organizations",
    sql: "SELECT DISTINCT scope_ref AS ref FROM role_grant WHERE scope_kind = 'DIVISION'",
    ...DIVISION,
  },
  {
    rule: "grants for an organization are for one that exists",
    from: "organizations",
    sql: "SELECT DISTINCT scope_ref AS ref FROM role_grant WHERE scope_kind = 'ORGANIZATION'",
    ...ORGANIZATION,
  },
  {
    rule: "organizations are registered and serve in divisions that exist",
    from: "organizations",
    sql: `SELECT registered_at_code AS ref FROM organization WHERE registered_at_code IS NOT NULL
          UNION SELECT unnest(service_area_codes) FROM organization`,
    ...DIVISION,
  },
  {
    rule: "needs and households lie in villages that exist",
    from: "needs",
    sql: "SELECT village_code AS ref FROM need UNION SELECT village_code FROM household",
    ...DIVISION,
  },
  {
    rule: "households and needs belong to the member that governs their county",
    from: "needs",
    sql: `SELECT left(village_code, 6) || ' ' || owner_member AS ref FROM need
          UNION SELECT left(village_code, 6) || ' ' || owner_member FROM household`,
    to: "organizations",
    table: "(SELECT code || ' ' || governed_by AS pair FROM admin_division WHERE governed_by IS NOT NULL) AS governed",
    column: "pair",
  },
  {
    rule: "owners of needs are members",
    from: "needs",
    sql: "SELECT owner_member AS ref FROM need UNION SELECT owner_member FROM household UNION SELECT owner_member FROM need_item",
    ...MEMBER,
  },
  {
    rule: "owners of projects are members",
    from: "projects",
    sql: "SELECT owner_member AS ref FROM project UNION SELECT owner_member FROM milestone",
    ...MEMBER,
  },
  {
    rule: "owners of funds are members",
    from: "funds",
    sql: "SELECT owner_member AS ref FROM fund UNION SELECT owner_member FROM donation UNION SELECT owner_member FROM allocation",
    ...MEMBER,
  },
  {
    rule: "leads and partners of projects exist",
    from: "projects",
    sql: "SELECT lead_organization_id AS ref FROM project UNION SELECT organization_id FROM project_partner",
    ...ORGANIZATION,
  },
  {
    rule: "projects work in divisions that exist",
    from: "projects",
    sql: "SELECT DISTINCT division_code AS ref FROM project_location",
    ...DIVISION,
  },
  {
    rule: "planned needs exist",
    from: "projects",
    sql: "SELECT DISTINCT need_id AS ref FROM planned_need",
    ...NEED,
  },
  {
    rule: "managers, custodians, supervisors and donors of funds exist",
    from: "funds",
    sql: `SELECT manager_id AS ref FROM fund UNION SELECT custodian_id FROM fund UNION SELECT unnest(supervisor_ids) FROM fund
          UNION SELECT donor_organization_id FROM donation WHERE donor_organization_id IS NOT NULL`,
    ...ORGANIZATION,
  },
  {
    rule: "funds are for divisions that exist, and so are allocations",
    from: "funds",
    sql: `SELECT unnest(restriction_area_codes) AS ref FROM fund
          UNION SELECT township_code FROM allocation WHERE township_code IS NOT NULL`,
    ...DIVISION,
  },
  {
    rule: "allocations and earmarks name projects that exist",
    from: "funds",
    sql: `SELECT project_id AS ref FROM allocation WHERE project_id IS NOT NULL
          UNION SELECT earmark_project_id FROM donation WHERE earmark_project_id IS NOT NULL`,
    ...PROJECT,
  },
  {
    rule: "allocations name needs that exist",
    from: "funds",
    sql: "SELECT DISTINCT need_id AS ref FROM allocation WHERE need_id IS NOT NULL",
    ...NEED,
  },
];
