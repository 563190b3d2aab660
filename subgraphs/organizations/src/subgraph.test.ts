import { readCacheHint } from "@alliance-hub/gateway/egress/cache-hint";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { serveSubgraph } from "@alliance-hub/shared/server/serve-subgraph";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { AdminDivision } from "./admin-division/admin-division.entity";
import { DivisionLevel, PriorityStatus } from "./admin-division/division-level";
import { createOrganizationsSubgraph } from "./subgraph";

const NOW = new Date("2026-11-01T00:00:00.000Z");

function division(code: string, level: DivisionLevel, name: string, parentCode: string | null): AdminDivision {
  return Object.assign(new AdminDivision(), newRow(`zz-alliance.admin-division.${code}`, "zz-alliance", NOW), {
    code,
    level,
    name,
    parentCode,
    validFrom: "2000-01-01",
    validTo: null,
    replacedByCodes: [],
    priorityStatus: PriorityStatus.NONE,
    liftedOn: null,
    governedBy: null,
  });
}

describe("createOrganizationsSubgraph()", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("organizations", createOrganizationsSubgraph);
    await hub.subgraph.database.manager.insert(AdminDivision, [
      { ...division("430000", DivisionLevel.PROVINCE, "湖南省", null) },
      { ...division("430200", DivisionLevel.CITY, "株洲市", "430000"), governedBy: "zhuzhou-city" },
      { ...division("430225", DivisionLevel.COUNTY, "炎陵县", "430200"), governedBy: "yanling-county" },
      { ...division("430225102", DivisionLevel.TOWNSHIP, "十都镇", "430225") },
      {
        ...division("430221", DivisionLevel.COUNTY, "株洲县", "430200"),
        validTo: "2018-06-18",
        replacedByCodes: ["430212"],
      },
      { ...division("430212", DivisionLevel.COUNTY, "渌口区", "430200"), validFrom: "2018-06-19" },
    ]);
  });

  afterAll(() => hub.close());

  it("finds a division by code with its chain and its governing member", async () => {
    const { data, errors } = await hub.ask(
      `{ adminDivision(code: "430225102") { id code12 name level governingMember parent { name parent { name governingMember } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      adminDivision: {
        id: "zz-alliance.admin-division.430225102",
        code12: "430225102000",
        name: "十都镇",
        level: "TOWNSHIP",
        governingMember: "yanling-county",
        parent: { name: "炎陵县", parent: { name: "株洲市", governingMember: "zhuzhou-city" } },
      },
    });
  });

  it("knows a renamed county under both codes on its days", async () => {
    const { data } = await hub.ask(`{
      before: adminDivision(code: "430221", asOf: "2016-05-01") { name replacedBy { code name } }
      now: adminDivision(code: "430221") { name }
      successor: adminDivision(code: "430212") { name }
    }`);
    expect(data).toEqual({
      before: { name: "株洲县", replacedBy: [{ code: "430212", name: "渌口区" }] },
      now: null,
      successor: { name: "渌口区" },
    });
  });

  it("refuses overlapping periods of one code (INV-31)", async () => {
    const overlapping = { ...division("430212", DivisionLevel.COUNTY, "渌口区", "430200"), validFrom: "2020-01-01" };
    await expect(hub.subgraph.database.manager.insert(AdminDivision, overlapping)).rejects.toThrow(
      "admin_division_periods_excl",
    );
  });

  it("resolves references by code and by node id, null for unknown ones", async () => {
    const { data } = await hub.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on AdminDivision { code name } } }`,
      {
        representations: [
          { __typename: "AdminDivision", code: "430225" },
          { __typename: "AdminDivision", id: "zz-alliance.admin-division.430200" },
          { __typename: "AdminDivision", code: "999999" },
        ],
      },
    );
    expect(data).toEqual({ _entities: [{ code: "430225", name: "炎陵县" }, { code: "430200", name: "株洲市" }, null] });
  });

  it("walks a list by cursor and counts only when asked", async () => {
    hub.countStatements();
    const first = await hub.ask(
      `{ adminDivisions(parent: "430200", first: 1) { nodes { code } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(hub.countStatements()).toBe(1);
    const page = (first.data as { adminDivisions: { pageInfo: { endCursor: string } } }).adminDivisions;
    expect(page).toMatchObject({ nodes: [{ code: "430212" }], pageInfo: { hasNextPage: true } });
    const second = await hub.ask(
      `query ($after: String) { adminDivisions(parent: "430200", first: 5, after: $after) { totalCount nodes { code } pageInfo { hasNextPage hasPreviousPage } } }`,
      { after: page.pageInfo.endCursor },
    );
    expect(second.data).toEqual({
      adminDivisions: {
        totalCount: 2,
        nodes: [{ code: "430225" }],
        pageInfo: { hasNextPage: false, hasPreviousPage: true },
      },
    });
  });

  it("answers bad input with a code of the catalogue and no value of the input", async () => {
    const other = await hub.ask(`{ organization(id: "${makeGlobalId("zz-alliance", "Need")}") { id } }`);
    expect(other.errors?.[0]).toMatchObject({
      path: ["organization"],
      extensions: { code: "BAD_USER_INPUT", fields: ["id"] },
    });
    const size = await hub.ask("{ organizations(first: 1000) { totalCount } }");
    expect(size.errors?.[0]?.extensions).toMatchObject({ code: "LIMIT_EXCEEDED", limit: "first" });
    const cursor = await hub.ask(`{ organizations(after: "bm9wZQ") { totalCount } }`);
    expect(cursor.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: ["after"] });
    const uscc = await hub.ask(`{ organization(uscc: "51430200MJ000000XX") { id } }`);
    expect(uscc.errors?.[0]?.extensions).toMatchObject({ code: "IDENTIFIER_INVALID", kind: "Uscc" });
    expect(JSON.stringify(uscc.errors?.[0]?.message)).not.toContain("51430200MJ000000XX");
  });

  describe("lets divisions be kept", () => {
    const representations = ["430225", "430212"].map((code) => ({ __typename: "AdminDivision", code }));
    const entities = (selection: string) =>
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on AdminDivision { ${selection} } } }`;

    it.each([
      [entities("name parent { name }"), 300],
      ['{ adminDivision(code: "430225") { name } }', 300],
      ["{ adminDivisions(first: 1) { nodes { name } } }", undefined],
    ])("and nothing else, in process and over HTTP: %s", async (query, seconds) => {
      const { cacheHint, errors } = await hub.ask(query, { representations });
      expect(errors).toBeUndefined();
      expect(cacheHint).toEqual(seconds && { maxAgeMs: seconds * 1_000 });
      const server = await serveSubgraph({ ...hub.subgraph, close: async () => {} }, { host: "127.0.0.1", port: 0 });
      try {
        const response = await fetch(server.url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ query, variables: { representations } }),
        });
        const { headers, status } = response;
        await response.text();
        const header = {
          "cache-control": headers.get("cache-control") ?? undefined,
          vary: headers.get("vary") ?? undefined,
        };
        expect(readCacheHint(status, header)).toEqual(cacheHint);
      } finally {
        await server.close();
      }
    });
  });
});
