import type { Gateway } from "@alliance-hub/gateway/gateway";
import type { ExampleQuery } from "@alliance-hub/gateway/http/explorer-page";
import type { GatewayResponse } from "@alliance-hub/gateway/request/graphql-request";
import { type AllianceUnderTest, openAlliance } from "@alliance-hub/tests/kit/alliance-under-test";
import { pino } from "pino";
import { openAllianceGateway } from "../alliance/open-alliance";
import type { SharedSubgraphName } from "../alliance/shared-subgraphs";
import { checkDemo } from "./checks/check-demo";
import { EXAMPLE_QUERIES } from "./example-queries";
import { seedDemo } from "./seed-demo";
import { SHOWCASE_QUERY } from "./showcase-query";

describe("demo data", () => {
  let alliance: AllianceUnderTest;
  let gateway: Gateway;

  beforeAll(async () => {
    alliance = await openAlliance();
    await seedDemo({ subgraphs: alliance.subgraphs });
    gateway = await openAllianceGateway(alliance.subgraphs, pino({ level: "silent" }));
  });

  afterAll(async () => {
    await gateway.close();
    await alliance.close();
  });

  function query(subgraph: SharedSubgraphName, sql: string): Promise<Record<string, unknown>[]> {
    return alliance.subgraphs[subgraph].database.query(sql);
  }

  async function countBy(subgraph: SharedSubgraphName, table: string, column: string): Promise<Record<string, number>> {
    const rows = await query(subgraph, `SELECT ${column} AS key, count(*)::int AS count FROM ${table} GROUP BY 1`);
    return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
  }

  it("breaks no rule of the domain", async () => {
    expect(await checkDemo(alliance.subgraphs)).toEqual([]);
  });

  it("has the divisions of Zhuzhou, with what was and what is of priority", async () => {
    expect(await countBy("organizations", "admin_division", "level")).toEqual({
      PROVINCE: 1,
      CITY: 1,
      COUNTY: 10,
      TOWNSHIP: 112,
      VILLAGE: 1_400,
    });
    expect(await countBy("organizations", "admin_division", "priority_status")).toMatchObject({
      POOR_VILLAGE: 166,
      LIFTED: 2,
    });
    expect(
      await query(
        "organizations",
        "SELECT code, valid_to::text, replaced_by_codes FROM admin_division WHERE valid_to IS NOT NULL",
      ),
    ).toEqual([{ code: "430221", valid_to: "2018-06-18", replaced_by_codes: ["430212"] }]);
    expect(await query("organizations", "SELECT valid_from::text FROM admin_division WHERE code = '430212'")).toEqual([
      { valid_from: "2018-06-19" },
    ]);
  });

  it("has ten members, fourteen other organizations and sixty people in every role", async () => {
    expect(await query("organizations", "SELECT count(*)::int AS count FROM organization")).toEqual([{ count: 24 }]);
    expect(await countBy("organizations", "membership", "status")).toEqual({ ACTIVE: 10 });
    expect(await countBy("organizations", "partition", "subgraph")).toEqual({
      ORGANIZATIONS: 10,
      NEEDS: 10,
      PROJECTS: 10,
      FUNDS: 10,
    });
    expect(await query("organizations", "SELECT count(*)::int AS count FROM person")).toEqual([{ count: 60 }]);
    expect(Object.keys(await countBy("organizations", "role_grant", "role"))).toHaveLength(15);
    expect(await countBy("organizations", "role_grant", "status")).toEqual({
      ACTIVE: 58,
      PENDING_TRAINING: 1,
      EXPIRED: 1,
    });
  });

  it("has needs of 240 households and of villages, in every category and state", async () => {
    expect(await countBy("needs", "household", "owner_member")).toEqual({
      "yanling-county": 120,
      "chaling-county": 120,
    });
    expect(Object.keys(await countBy("needs", "household", "main_cause"))).toHaveLength(12);
    expect(Object.keys(await countBy("needs", "household", "attribute"))).toHaveLength(4);
    expect(await countBy("needs", "household", "status")).toMatchObject({ MONITORED: 30 });
    const byStatus = await countBy("needs", "need", "status");
    expect(Object.keys(byStatus)).toHaveLength(15);
    expect(Object.values(byStatus).reduce((sum, count) => sum + count, 0)).toBe(360);
    expect(byStatus).toMatchObject({ PUBLISHED: 150, RETURNED: 15, REJECTED_FALSE: 8 });
    expect((byStatus["FULFILLED"] ?? 0) + (byStatus["CLOSED"] ?? 0)).toBe(70);
    expect(
      ["SUBMITTED", "VERIFIED_VILLAGE", "VERIFIED_TOWNSHIP", "VERIFIED_COUNTY", "VERIFIED_CITY"]
        .map((status) => byStatus[status] ?? 0)
        .reduce((sum, count) => sum + count, 0),
    ).toBe(90);
    expect(Object.keys(await countBy("needs", "need", "category"))).toHaveLength(17);
    expect(await countBy("needs", "need", "household_id IS NULL")).toEqual({ true: 20, false: 340 });
  });

  it("leaves two townships with published needs without any help", async () => {
    const uncovered = await query(
      "needs",
      `SELECT left(village_code, 9) AS township FROM need JOIN need_item ON need_id = need.id WHERE status = 'PUBLISHED'
       GROUP BY 1 HAVING sum(held + committed) = 0 ORDER BY 1`,
    );
    expect(uncovered).toEqual([{ township: "430224213" }, { township: "430225202" }]);
    expect(
      await query(
        "needs",
        `SELECT id FROM need WHERE left(village_code, 9) IN ('430224213', '430225202') AND status IN ('FULFILLED', 'CLOSED')`,
      ),
    ).toEqual([]);
  });

  it("has twelve projects, one suspended, one in follow-up, and late milestones", async () => {
    const byStatus = await countBy("projects", "project", "status");
    expect(Object.values(byStatus).reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(byStatus).toMatchObject({ SUSPENDED: 1, IN_FOLLOW_UP: 1 });
    const [late] = await query(
      "projects",
      "SELECT count(*)::int AS count FROM milestone WHERE status = 'SCHEDULED' AND due_on < '2026-11-01'",
    );
    expect(late?.["count"]).toBeGreaterThanOrEqual(3);
  });

  it("has four funds with 12.6 million yuan in 160 donations, and 90 allocations in every state", async () => {
    expect(await query("funds", "SELECT count(*)::int AS count FROM fund")).toEqual([{ count: 4 }]);
    const [donations] = await query(
      "funds",
      `SELECT count(*)::int AS count, sum(amount_amount_minor)::text AS total, count(*) FILTER (WHERE anonymous)::int AS anonymous,
         count(*) FILTER (WHERE refunded_at IS NOT NULL)::int AS refunded,
         count(*) FILTER (WHERE earmark_category IS NOT NULL OR earmark_division_prefix IS NOT NULL OR earmark_project_id IS NOT NULL)::int AS earmarked
       FROM donation`,
    );
    expect(donations).toEqual({ count: 160, total: "1260000000", anonymous: 20, refunded: 1, earmarked: 5 });
    expect(await query("funds", "SELECT goods_quantity FROM donation WHERE goods_unit = 'PIECE'")).toEqual([
      { goods_quantity: "36677" },
    ]);
    const allocations = await countBy("funds", "allocation", "status");
    expect(Object.keys(allocations)).toHaveLength(11);
    expect(Object.values(allocations).reduce((sum, count) => sum + count, 0)).toBe(90);
  });

  it("has funded needs and projects in Yanling that are published", async () => {
    const funded = await query(
      "funds",
      "SELECT DISTINCT need_id FROM allocation WHERE project_id IS NOT NULL AND need_id LIKE 'yanling-county.%'",
    );
    const published = await alliance.subgraphs.needs.database.query(
      "SELECT count(*)::int AS count FROM need WHERE status = 'PUBLISHED' AND id = ANY ($1)",
      [funded.map(({ need_id }) => need_id)],
    );
    expect(published[0].count).toBeGreaterThanOrEqual(5);
  });

  async function ask(example: ExampleQuery): Promise<GatewayResponse> {
    return gateway.execute({
      query: example.query,
      variables: example.variables,
      requestId: "test",
      deadlineAtMs: Date.now() + 20_000,
      signal: new AbortController().signal,
      allowMutation: false,
    });
  }

  it("answers each example query from the whole graph, every list of it with rows", async () => {
    for (const example of EXAMPLE_QUERIES) {
      const { title, query: text } = example;
      expect(text).toMatch(/^# For /);
      const { data, errors } = await ask(example);
      expect({ title, errors }).toEqual({ title, errors: undefined });
      expect({ title, empty: findEmptyLists(data) }).toEqual({ title, empty: [] });
    }
  });

  it("shows at first sight a need with its project, its member, and money committed from donations", async () => {
    const { data } = await ask(SHOWCASE_QUERY);
    const shown = data?.["publishedNeeds"] as { nodes: ShownNeed[] } | undefined;
    const funded = (shown?.nodes ?? []).filter(
      ({ township, projects, funding }) =>
        township.parent.governingMember === "yanling-county" &&
        projects.nodes.some(({ leadOrganization }) => leadOrganization.legalName !== "") &&
        funding.some(({ committed, fund }) => committed.amountMinor !== "0" && fund.donations.totalCount > 0),
    );
    expect(funded.length).toBeGreaterThanOrEqual(2);
  });

  describe("checkDemo()", () => {
    it("finds a need whose money the funds do not know, and a reference to nothing", async () => {
      const { needs, projects, funds } = alliance.subgraphs;
      await funds.database.query(
        "UPDATE allocation SET amount_amount_minor = amount_amount_minor + 1 WHERE id = (SELECT min(id) FROM allocation WHERE status = 'COMMITTED' AND need_id IS NOT NULL)",
      );
      await projects.database.query(
        "UPDATE planned_need SET need_id = 'yanling-county.need.00000000000000000000000000' WHERE need_id = (SELECT min(need_id) FROM planned_need)",
      );
      await needs.database.query("UPDATE need SET version = version + 1 WHERE id = (SELECT min(id) FROM need)");
      expect((await checkDemo(alliance.subgraphs)).map(({ rule, count }) => ({ rule, count }))).toEqual([
        { rule: "needs: the history of a need has an entry for each version, in the order of time", count: 1 },
        { rule: "projects: planned needs exist", count: 1 },
        { rule: "needs and funds say the same of a need's money", count: 1 },
      ]);
    });
  });
});

/** The parts of the showcase's needs that are looked at here. */
interface ShownNeed {
  readonly township: { readonly parent: { readonly governingMember: string } };
  readonly projects: { readonly nodes: readonly { readonly leadOrganization: { readonly legalName: string } }[] };
  readonly funding: readonly {
    readonly committed: { readonly amountMinor: string };
    readonly fund: { readonly donations: { readonly totalCount: number } };
  }[];
}

/** Paths of root lists of an answer that have no row: an example must show something at first sight. */
function findEmptyLists(data: unknown): string[] {
  return Object.entries((data ?? {}) as Record<string, { nodes?: unknown[]; edges?: unknown[] } | null>)
    .filter(([, value]) => value === null || (value.nodes ?? value.edges ?? [value]).length === 0)
    .map(([name]) => name);
}
