import { queryDatabase } from "../../kit/query-database";

/** Address of a subgraph's database. */
export type DatabaseUrl = (subgraph: string) => string;

const MONEY_COMMITTED = "('COMMITTED', 'PARTLY_DISBURSED', 'DISBURSED', 'SETTLED')";

/** The answer of the README's showcase query, put together from the four databases without any of the hub's code. */
export async function readShowcase(databaseUrl: DatabaseUrl, county: string): Promise<unknown> {
  const needs = await queryDatabase<{ id: string; title: string; village_code: string }>(
    databaseUrl("needs"),
    `SELECT need.id, need.title, need.village_code
     FROM need JOIN need_item ON need_item.need_id = need.id
     WHERE need.status = 'PUBLISHED' AND need.village_code LIKE $1 || '%'
     GROUP BY need.id
     HAVING bool_or(need_item.mode = 'CASH') AND bool_and(need_item.committed = need_item.requested)
     ORDER BY need.published_at DESC, need.id DESC`,
    [county],
  );
  const nodes = [];
  for (const need of needs.slice(0, 5)) {
    nodes.push({
      title: need.title,
      township: await readTownship(databaseUrl, need.village_code.slice(0, 9)),
      projects: { nodes: await readProjects(databaseUrl, need.id) },
      funding: await readFunding(databaseUrl, need.id),
    });
  }
  return { publishedNeeds: { totalCount: needs.length, nodes } };
}

async function readTownship(databaseUrl: DatabaseUrl, code: string): Promise<unknown> {
  const [row] = await queryDatabase<{ name: string; parent: string; member: string }>(
    databaseUrl("organizations"),
    `SELECT township.name, county.name AS parent, coalesce(county.governed_by, city.governed_by) AS member
     FROM admin_division township
     JOIN admin_division county ON county.code = township.parent_code AND county.valid_to IS NULL
     JOIN admin_division city ON city.code = county.parent_code AND city.valid_to IS NULL
     WHERE township.code = $1 AND township.valid_to IS NULL`,
    [code],
  );
  return { name: row?.name, parent: { name: row?.parent, governingMember: row?.member } };
}

async function readProjects(databaseUrl: DatabaseUrl, needId: string): Promise<unknown[]> {
  const projects = await queryDatabase<{ id: string; title: string; lead_organization_id: string }>(
    databaseUrl("projects"),
    `SELECT id, title, lead_organization_id FROM project
     WHERE id IN (SELECT project_id FROM planned_need WHERE need_id = $1)
     ORDER BY created_at DESC, id DESC LIMIT 3`,
    [needId],
  );
  return Promise.all(
    projects.map(async ({ id, title, lead_organization_id: lead }) => ({
      title,
      leadOrganization: { legalName: await readName(databaseUrl, lead) },
      funding: await queryDatabase(
        databaseUrl("funds"),
        `SELECT jsonb_build_object('amountMinor',
                  coalesce(sum(amount_amount_minor) FILTER (WHERE status IN ${MONEY_COMMITTED}), 0)::text) AS committed,
                jsonb_build_object('amountMinor', sum(disbursed_minor)::text) AS disbursed
         FROM allocation WHERE project_id = $1 GROUP BY fund_id
         HAVING sum(amount_amount_minor) FILTER (WHERE status IN ('RESERVED', 'APPROVED') OR status IN ${MONEY_COMMITTED}) > 0
             OR sum(disbursed_minor) > 0
         ORDER BY fund_id`,
        [id],
      ),
    })),
  );
}

async function readFunding(databaseUrl: DatabaseUrl, needId: string): Promise<unknown[]> {
  const lines = await queryDatabase<{ fund_id: string; name: string; committed: string }>(
    databaseUrl("funds"),
    `SELECT fund_id, fund.name, sum(amount_amount_minor)::text AS committed
     FROM allocation JOIN fund ON fund.id = fund_id
     WHERE need_id = $1 AND allocation.status IN ${MONEY_COMMITTED} GROUP BY fund_id, fund.name ORDER BY fund_id`,
    [needId],
  );
  return Promise.all(
    lines.map(async ({ fund_id: fundId, name, committed }) => {
      const donations = await queryDatabase<{ amount: string; donor: string | null }>(
        databaseUrl("funds"),
        `SELECT amount_amount_minor::text AS amount, CASE WHEN NOT anonymous THEN donor_organization_id END AS donor
         FROM donation WHERE fund_id = $1 ORDER BY received_at DESC, id DESC`,
        [fundId],
      );
      const nodes = donations.slice(0, 2).map(async ({ amount, donor }) => ({
        amount: { amountMinor: amount },
        donorOrganization: donor === null ? null : { legalName: await readName(databaseUrl, donor) },
      }));
      return {
        committed: { amountMinor: committed },
        fund: { name, donations: { totalCount: donations.length, nodes: await Promise.all(nodes) } },
      };
    }),
  );
}

async function readName(databaseUrl: DatabaseUrl, organizationId: string): Promise<string | undefined> {
  const rows = await queryDatabase<{ legal_name: string }>(
    databaseUrl("organizations"),
    "SELECT legal_name FROM organization WHERE id = $1",
    [organizationId],
  );
  return rows[0]?.legal_name;
}
