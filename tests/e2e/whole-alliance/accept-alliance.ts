import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SHOWCASE_QUERY } from "@alliance-hub/hub/demo/showcase-query";
import { askGraph, readRoot } from "../../kit/graph-client";
import { ROOT } from "../../kit/program";
import { queryDatabase } from "../../kit/query-database";
import { type DatabaseUrl, readShowcase } from "./showcase-by-sql";

/** An alliance that is up, however it is run. */
export interface OpenAlliance {
  readonly graphUrl: string;
  readonly databaseUrl: DatabaseUrl;
  close(): Promise<void>;
}

/** Table of each entity type that Query.node finds, by the subgraph that holds it. */
const ENTITIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  organizations: {
    AdminDivision: "admin_division",
    Organization: "organization",
    Membership: "membership",
    Partition: "partition",
    Person: "person",
    RoleGrant: "role_grant",
  },
  needs: { Household: "household", Need: "need", NeedItem: "need_item" },
  projects: { Project: "project", Milestone: "milestone" },
  funds: { Fund: "fund", Donation: "donation", Allocation: "allocation" },
};

interface NeedPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

/** The acceptance run: the same for one process and for many. */
export function acceptAlliance(description: string, open: () => Promise<OpenAlliance>): void {
  describe(description, () => {
    let alliance: OpenAlliance;
    const ask = (query: string, variables?: Record<string, unknown>) => askGraph(alliance.graphUrl, query, variables);

    beforeAll(async () => {
      alliance = await open();
    }, 120_000);

    afterAll(() => alliance?.close());

    it("answers the README's showcase from four subgraphs as SQL does", async () => {
      const query = readShowcaseQuery();
      expect(SHOWCASE_QUERY.query).toContain(query);
      const { data, errors } = await ask(query);
      expect(errors).toBeUndefined();
      const expected = await readShowcase(alliance.databaseUrl, "430225");
      const funded = expect.objectContaining({
        funding: [expect.anything()],
        projects: { nodes: [expect.anything()] },
      });
      expect(expected).toMatchObject({ publishedNeeds: { nodes: expect.arrayContaining([funded]) } });
      expect(data).toEqual(expected);
    });

    it("finds every kind of row again by its id", async () => {
      for (const [subgraph, tables] of Object.entries(ENTITIES)) {
        for (const [typeName, table] of Object.entries(tables)) {
          const [row] = await queryDatabase<{ id: string }>(
            alliance.databaseUrl(subgraph),
            `SELECT id FROM ${table} LIMIT 1`,
          );
          const { data } = await ask("query ($id: ID!) { node(id: $id) { __typename id } }", { id: row?.id });
          expect(data).toEqual({ node: { __typename: typeName, id: row?.id } });
        }
      }
    });

    it("gives nodes in the order asked, null for a row that is not there, an error for what is no id", async () => {
      const [need] = await queryDatabase<{ id: string }>(
        alliance.databaseUrl("needs"),
        "SELECT id FROM need WHERE status = 'PUBLISHED' LIMIT 1",
      );
      const division = "zz-alliance.admin-division.430225";
      const unknown = "zz-alliance.fund.01m6a6ft00qt6zy05gthmb57c0";
      const { data, errors } = await ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Need { title } ... on AdminDivision { name } } }",
        { ids: [division, need?.id, unknown, "nonsense", division] },
      );
      expect(data?.["nodes"]).toEqual([
        { id: division, name: "炎陵县" },
        { id: need?.id, title: expect.any(String) },
        null,
        null,
        { id: division, name: "炎陵县" },
      ]);
      expect(errors).toMatchObject([{ path: ["nodes", 3], extensions: { code: "BAD_USER_INPUT" } }]);
    });

    it("walks a list forwards and backwards, each row once, as SQL orders it", async () => {
      const rows = await queryDatabase<{ id: string }>(
        alliance.databaseUrl("needs"),
        "SELECT id FROM need WHERE status = 'PUBLISHED' ORDER BY published_at DESC, id DESC",
      );
      const expected = rows.map((row) => row.id);
      expect(await walkNeeds("first", "after")).toEqual(expected);
      expect(await walkNeeds("last", "before")).toEqual(expected);
    });

    it("creates and submits a need once, however often it is asked to", async () => {
      const key = `acceptance-${Date.now()}-create`;
      const input = {
        owner: "yanling-county",
        subject: { villageCode: "430225102222" },
        category: "LIVING_MATERIALS",
        urgency: "URGENT",
        items: [{ mode: "IN_KIND", unit: "KG", unitValue: { amountMinor: "600", currency: "CNY" }, requested: "12.5" }],
        idempotencyKey: key,
      };
      const create =
        "mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { id version status title } } }";
      const first = await ask(create, { input });
      expect(first.errors).toBeUndefined();
      expect((await ask(create, { input })).data).toEqual(first.data);
      const reused = await ask(create, { input: { ...input, urgency: "NORMAL" } });
      expect(reused).toMatchObject({ errors: [{ extensions: { code: "IDEMPOTENCY_KEY_REUSED" } }] });
      const { need } = readRoot<{ need: { id: string; version: number } }>(first, "createNeed");
      const submit = `mutation ($input: SubmitNeedInput!) {
        submitNeed(input: $input) { need { status version history { version changedFields } village { name parent { name } } } }
      }`;
      const submission = { id: need.id, expectedVersion: need.version, idempotencyKey: `${key}-submit` };
      expect((await ask(submit, { input: submission })).data).toMatchObject({
        submitNeed: {
          need: {
            status: "SUBMITTED",
            version: 2,
            history: [{ version: 1 }, { version: 2 }],
            village: { name: "神农谷村" },
          },
        },
      });
      const stale = await ask(submit, { input: { ...submission, idempotencyKey: `${key}-stale` } });
      expect(stale.errors?.[0]?.extensions).toMatchObject({
        code: expect.stringMatching(/VERSION_CONFLICT|ILLEGAL_TRANSITION/),
      });
      const [stored] = await queryDatabase<{ requested: string }>(
        alliance.databaseUrl("needs"),
        "SELECT requested::text FROM need_item WHERE need_id = $1",
        [need.id],
      );
      expect(Number(stored?.requested)).toBe(12.5);
    });

    it.each([
      ["a syntax error", "{ organizations { ", undefined, 400, "BAD_USER_INPUT"],
      ["an unknown field", "{ organizations { salary } }", undefined, 400, "BAD_USER_INPUT"],
      [
        "a wrong variable",
        "query ($n: Int!) { organizations(first: $n) { totalCount } }",
        { n: "many" },
        400,
        "BAD_USER_INPUT",
      ],
      ["a page too large", "{ organizations(first: 1000) { totalCount } }", undefined, 200, "LIMIT_EXCEEDED"],
      ["a cursor of another list", `{ organizations(after: "W10") { totalCount } }`, undefined, 200, "BAD_USER_INPUT"],
      [
        "an id of another kind",
        `{ fund(id: "zz-alliance.need.01m6a6ft00qt6zy05gthmb57c0") { name } }`,
        undefined,
        200,
        "BAD_USER_INPUT",
      ],
    ])("answers %s with a code and no stack", async (_what, query, variables, status, code) => {
      const answer = await ask(query, variables);
      expect(answer.status).toBe(status);
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code, retryable: false });
      expect(JSON.stringify(answer)).not.toMatch(/\.ts:|\.js:|node_modules/);
    });

    async function walkNeeds(sizeArg: "first" | "last", cursorArg: "after" | "before"): Promise<string[]> {
      const query = `query ($cursor: String) { publishedNeeds(${sizeArg}: 37, ${cursorArg}: $cursor) {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
      const seen: string[] = [];
      let cursor: string | null = null;
      for (;;) {
        const { nodes, pageInfo }: NeedPage = readRoot(await ask(query, { cursor }), "publishedNeeds");
        const ids = nodes.map((node) => node.id);
        if (sizeArg === "first") {
          seen.push(...ids);
        } else {
          seen.unshift(...ids);
        }
        if (!(sizeArg === "first" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) {
          return seen;
        }
        cursor = sizeArg === "first" ? pageInfo.endCursor : pageInfo.startCursor;
      }
    }
  });
}

/** The first GraphQL block of the README. */
function readShowcaseQuery(): string {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const query = /```graphql\n([\s\S]*?)```/.exec(readme)?.[1];
  if (query === undefined) {
    throw new Error("the README has no showcase query");
  }
  return query;
}
