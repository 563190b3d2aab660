import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";
import { coversDivision } from "@alliance-hub/shared/identifiers/division-code";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeNeed, makeNeedItem } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { NeedItem } from "../need-item/need-item.entity";
import { createNeedsSubgraph } from "../subgraph";
import { coverageOf } from "./coverage";
import { Need } from "./need.entity";
import type { NeedFilter } from "./need.input";
import { selectPublishedNeeds, whereFilter } from "./need-list-queries";
import { CoverageLevel, NeedStatus } from "./need-lists";

/** In three counties of two cities; the fourth is a neighbour in the order of codes that no prefix may catch. */
const VILLAGES = ["430225102222", "430225103201", "430224101201", "430226101201", "430302101201"] as const;
const DIVISIONS = [
  "430000",
  "430200",
  "430300",
  "430225",
  "430224",
  "430225102",
  "430225103",
  "430225102222",
  "440000",
] as const;
/** Few values: many ties in the sort key. */
const INSTANTS = ["2026-10-01T00:00:00.000Z", "2026-10-01T00:00:00.001Z", "2026-10-02T00:00:00.000Z"] as const;

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) {
    throw new Error("nothing to pick from");
  }
  return value;
}

function seedNeed(index: number): Need {
  return makeNeed({
    status: index % 4 === 3 ? NeedStatus.SUSPENDED : NeedStatus.PUBLISHED,
    villageCode: pick(VILLAGES, index),
    category: pick([NeedCategory.STUDY_SUPPORT, NeedCategory.ECOMMERCE], index),
    urgency: pick([Urgency.URGENT, Urgency.NORMAL, Urgency.DEVELOPMENT], index),
    createdAt: new Date(pick(INSTANTS, index * 7)),
    publishedAt: new Date(pick(INSTANTS, index * 5)),
  });
}

/** Nothing, part or all committed; every fourth need asks for two kinds of help, every ninth for none. */
function seedItems(need: Need, index: number): NeedItem[] {
  const committed = pick(["0", "4", "10"], index);
  const goods = makeNeedItem(need, { committed });
  const cash = makeNeedItem(need, {
    mode: AssistanceMode.CASH,
    unit: Unit.FEN,
    unitValue: makeMoney(1n),
    requested: "100",
    committed: pick(["0", "100"], index),
  });
  return index % 9 === 8 ? [] : index % 4 === 0 ? [goods, cash] : [goods];
}

interface Listed {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const PAGE = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
const ARGUMENTS = "first: $first, after: $after, last: $last, before: $before";
const VARIABLES = "$first: Int, $after: String, $last: Int, $before: String";

describe("lists of needs", () => {
  let staff: SubgraphUnderTest;
  const needs = Array.from({ length: 41 }, (_, index) => seedNeed(index));
  const itemsOf = new Map(needs.map((need, index) => [need.id, seedItems(need, index)]));
  const published = needs.filter((need) => need.status === NeedStatus.PUBLISHED);

  beforeAll(async () => {
    staff = await openSubgraph("needs", createNeedsSubgraph);
    const { manager } = staff.subgraph.database;
    await manager.insert(Need, needs);
    await manager.insert(NeedItem, [...itemsOf.values()].flat());
  });

  afterAll(() => staff.close());

  /** Ids by a sort key and id, both descending, compared by code units. */
  function idsNewestFirst(rows: readonly Need[], key: "createdAt" | "publishedAt"): string[] {
    const place = (need: Need): string => `${need[key]?.toISOString()} ${need.id}`;
    return [...rows].sort((left, right) => (place(left) < place(right) ? 1 : -1)).map((need) => need.id);
  }

  async function readIds(list: "needs" | "publishedNeeds", filter: Record<string, unknown>): Promise<string[]> {
    const type = list === "needs" ? "NeedFilter" : "PublishedNeedFilter";
    const query = `query ($filter: ${type}) { ${list}(first: 100, filter: $filter) { totalCount nodes { id } } }`;
    const { data, errors } = await staff.ask(query, { filter });
    expect(errors).toBeUndefined();
    const found = (data as Record<string, { totalCount: number; nodes: { id: string }[] }>)[list];
    expect(found?.totalCount).toBe(found?.nodes.length);
    return found?.nodes.map((node) => node.id) ?? [];
  }

  const lists: [string, string, (data: unknown) => Listed, () => string[]][] = [
    [
      "needs",
      `query (${VARIABLES}) { needs(${ARGUMENTS}) { ${PAGE} } }`,
      (data) => (data as { needs: Listed }).needs,
      () => idsNewestFirst(needs, "createdAt"),
    ],
    [
      "publishedNeeds",
      `query (${VARIABLES}) { publishedNeeds(${ARGUMENTS}) { ${PAGE} } }`,
      (data) => (data as { publishedNeeds: Listed }).publishedNeeds,
      () => idsNewestFirst(published, "publishedAt"),
    ],
    [
      "AdminDivision.publishedNeeds",
      `query (${VARIABLES}) { _entities(representations: [{ __typename: "AdminDivision", code: "430200" }]) {
        ... on AdminDivision { publishedNeeds(${ARGUMENTS}) { ${PAGE} } } } }`,
      (data) => (data as { _entities: [{ publishedNeeds: Listed }] })._entities[0].publishedNeeds,
      () =>
        idsNewestFirst(
          published.filter((need) => coversDivision("430200", need.villageCode)),
          "publishedAt",
        ),
    ],
  ];

  it.each(lists)(
    "walks %s so that each row comes exactly once, in either direction (INV-33)",
    async (_name, query, listOf, expectedIds) => {
      const expected = expectedIds();
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 15 }), fc.boolean(), async (size, isForward) => {
          const walked: string[] = [];
          let cursor: string | null = null;
          for (let hasMore = true; hasMore; ) {
            const variables: Record<string, unknown> = isForward
              ? { first: size, after: cursor }
              : { last: size, before: cursor };
            const { data, errors } = await staff.ask(query, variables);
            expect(errors).toBeUndefined();
            const { nodes, pageInfo } = listOf(data);
            const ids = nodes.map((node) => node.id);
            walked.splice(isForward ? walked.length : 0, 0, ...ids);
            cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
            hasMore = isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
          }
          expect(walked).toEqual(expected);
        }),
        {
          numRuns: 20,
          examples: [
            [1, true],
            [1, false],
          ],
        },
      );
    },
  );

  it("selects by division, category, urgency, status, level, mode and time, all at once", async () => {
    type Filter = {
      [K in keyof Required<NeedFilter>]: K extends "publishedAfter" ? string | null : NeedFilter[K] | null;
    };
    const NO_FILTER: Filter = {
      divisionPrefix: null,
      category: null,
      urgency: null,
      status: null,
      level: null,
      mode: null,
      publishedAfter: null,
    };
    const option = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.option(fc.constantFrom(...values));
    const filters: fc.Arbitrary<Filter> = fc.record({
      divisionPrefix: option(DIVISIONS),
      category: option([NeedCategory.STUDY_SUPPORT, NeedCategory.ECOMMERCE, NeedCategory.OTHER]),
      urgency: option(Object.values(Urgency)),
      status: option([NeedStatus.PUBLISHED, NeedStatus.SUSPENDED, NeedStatus.DRAFT]),
      level: option(Object.values(CoverageLevel)),
      mode: option([AssistanceMode.CASH, AssistanceMode.IN_KIND, AssistanceMode.JOB]),
      publishedAfter: option(INSTANTS),
    });
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const fits = (need: Need): boolean => {
          const items = itemsOf.get(need.id) ?? [];
          return (
            (filter.divisionPrefix == null || coversDivision(filter.divisionPrefix, need.villageCode)) &&
            (filter.category === null || need.category === filter.category) &&
            (filter.urgency === null || need.urgency === filter.urgency) &&
            (filter.level === null || coverageOf(items).level === filter.level) &&
            (filter.mode === null || items.some((item) => item.mode === filter.mode)) &&
            (filter.publishedAfter == null || (need.publishedAt ?? 0) > new Date(filter.publishedAfter))
          );
        };
        const { status, ...withoutStatus } = filter;
        expect(await readIds("needs", filter)).toEqual(
          idsNewestFirst(
            needs.filter((need) => fits(need) && (status === null || need.status === status)),
            "createdAt",
          ),
        );
        expect(await readIds("publishedNeeds", withoutStatus)).toEqual(
          idsNewestFirst(published.filter(fits), "publishedAt"),
        );
      }),
      {
        numRuns: 60,
        examples: Object.values(CoverageLevel).map((level): [Filter] => [{ ...NO_FILTER, level }]),
      },
    );
  });

  it("finds the needs of each division by its stem, in a fixed number of statements", async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on AdminDivision { code publishedNeeds(first: 4) { totalCount nodes { id items { id } } pageInfo { hasNextPage } } } } }`;
    const ask = async (codes: readonly string[]): Promise<number> => {
      staff.countStatements();
      const { data, errors } = await staff.ask(query, {
        representations: codes.map((code) => ({ __typename: "AdminDivision", code })),
      });
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        _entities: codes.map((code) => {
          const inside = published.filter((need) => coversDivision(code, need.villageCode));
          const nodes = idsNewestFirst(inside, "publishedAt")
            .slice(0, 4)
            .map((id) => ({ id, items: (itemsOf.get(id) ?? []).map((item) => ({ id: item.id })) }));
          return {
            code,
            publishedNeeds: { totalCount: inside.length, nodes, pageInfo: { hasNextPage: inside.length > 4 } },
          };
        }),
      });
      return staff.countStatements();
    };
    // Ranks, rows, items, totals.
    expect(await ask(["430200"])).toBe(4);
    expect(await ask(DIVISIONS)).toBe(4);
  });

  it("reads a page of 2 and a page of 20 with everything below in the same number of statements", async () => {
    const query = `query ($first: Int) { publishedNeeds(first: $first) { totalCount nodes {
      id title subject { __typename } village { code } township { code publishedNeeds(first: 2) { nodes { id } } }
      items { id remaining need { id items { id } } } coverage { level committedBp } mergedInto { id } history { version }
    } } }`;
    const countFor = async (first: number): Promise<number> => {
      staff.countStatements();
      const { data, errors } = await staff.ask(query, { first });
      expect(errors).toBeUndefined();
      expect((data as { publishedNeeds: { nodes: unknown[] } }).publishedNeeds.nodes).toHaveLength(first);
      return staff.countStatements();
    };
    const ofTwo = await countFor(2);
    expect(ofTwo).toBeLessThanOrEqual(8);
    expect(await countFor(20)).toBe(ofTwo);
  });

  it("refuses a cursor of another list", async () => {
    const { data } = await staff.ask("{ needs(first: 1) { pageInfo { endCursor } } }");
    const { endCursor } = (data as { needs: { pageInfo: { endCursor: string } } }).needs.pageInfo;
    const { errors } = await staff.ask("query ($after: String) { publishedNeeds(after: $after) { totalCount } }", {
      after: endCursor,
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: ["after"] });
  });

  it("reads the needs of divisions from the index of village codes", async () => {
    const { manager } = staff.subgraph.database;
    const query = selectPublishedNeeds(manager);
    whereFilter(query, { divisionPrefix: "430225" });
    const [sql, parameters] = query.getQueryAndParameters();
    const plan = await staff.subgraph.database.transaction(async (transaction) => {
      // The table is too small for an index to pay.
      await transaction.query("SET LOCAL enable_seqscan = off");
      return transaction.query<{ "QUERY PLAN": string }[]>(`EXPLAIN ${sql}`, parameters);
    });
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(
      /need_published_by_village[\s\S]*Index Cond: \(\(village_code >= /,
    );
  });
});
