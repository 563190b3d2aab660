import { coversDivision } from "@alliance-hub/shared/identifiers/division-code";
import {
  clearProjects,
  insertProjects,
  PROJECTS_NOW,
  type ProjectSeed,
} from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { createProjectsSubgraph } from "../subgraph";

interface Connection {
  totalCount: number;
  nodes: { id: string; title: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const QUERY = `query ($keys: [_Any!]!, $first: Int, $after: String, $last: Int, $before: String) {
  _entities(representations: $keys) { ... on AdminDivision { code projects(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }
}`;

const CODES = ["430000", "430200", "430224", "430225", "430224101", "430225102", "430225102222"];

describe("projectsInsideDivisionLoader", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph, { clock: () => PROJECTS_NOW });
  });

  beforeEach(() => clearProjects(hub.subgraph.database.manager));

  afterAll(() => hub.close());

  async function ask(codes: readonly string[], page: Record<string, unknown> = {}): Promise<Connection[]> {
    const keys = codes.map((code) => ({ __typename: "AdminDivision", code }));
    const { data, errors } = await hub.ask(QUERY, { keys, ...page });
    expect(errors).toBeUndefined();
    return (data as { _entities: { projects: Connection }[] })._entities.map((division) => division.projects);
  }

  it("has a project once in each division that contains any of its locations, none that only lies around it", async () => {
    const seeds: ProjectSeed[] = [
      { title: "two towns of Yanling", locations: { "430225102": 5_000, "430225103": 5_000 } },
      { title: "Yanling and Chaling", locations: { "430225": 9_000, "430224": 1_000 } },
      { title: "whole city", locations: { "430200": 10_000 } },
      { title: "nowhere yet" },
    ];
    await insertProjects(hub.subgraph.database.manager, seeds);
    const [province, city, county, town, elsewhere] = await ask(["430000", "430200", "430225", "430225102", "430100"]);
    const titles = (connection: Connection | undefined) => connection?.nodes.map((node) => node.title);
    expect(titles(province)).toEqual(["whole city", "Yanling and Chaling", "two towns of Yanling"]);
    expect(titles(city)).toEqual(["whole city", "Yanling and Chaling", "two towns of Yanling"]);
    expect(titles(county)).toEqual(["Yanling and Chaling", "two towns of Yanling"]);
    expect(titles(town)).toEqual(["two towns of Yanling"]);
    expect(titles(elsewhere)).toEqual([]);
    expect([province, city, county, town, elsewhere].map((each) => each?.totalCount)).toEqual([3, 3, 2, 1, 0]);
  });

  it("walks each division's list in both directions and meets each of its projects exactly once (INV-33)", async () => {
    const place = fc.uniqueArray(fc.constantFrom(...CODES), { minLength: 1, maxLength: 3 });
    const projects = fc.array(fc.record({ offset: fc.integer({ min: 0, max: 2 }), place }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        projects,
        fc.constantFrom(...CODES),
        fc.integer({ min: 1, max: 3 }),
        async (made, code, size) => {
          await clearProjects(hub.subgraph.database.manager);
          const seeds = made.map((each) => ({
            createdAt: new Date(PROJECTS_NOW.getTime() - each.offset),
            locations: shareEqually(each.place),
          }));
          const rows = await insertProjects(hub.subgraph.database.manager, seeds);
          const inside = rows
            .map((row, index) => ({ id: row.id, offset: made[index]?.offset ?? 0, place: made[index]?.place ?? [] }))
            .filter((row) => row.place.some((location) => coversDivision(code, location)))
            .sort((left, right) => left.offset - right.offset || (left.id < right.id ? 1 : -1))
            .map((row) => row.id);
          expect(await walk(code, "forward", size)).toEqual(inside);
          expect(await walk(code, "backward", size)).toEqual(inside);
        },
      ),
      { numRuns: 25 },
    );
  });

  async function walk(code: string, direction: "forward" | "backward", size: number): Promise<string[]> {
    const met: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page = direction === "forward" ? { first: size, after: cursor } : { last: size, before: cursor };
      // Another division beside it: pages of several parents must not mix.
      const [connection] = await ask([code, "430225"], page);
      if (connection === undefined) {
        throw new Error("the division has no list");
      }
      const ids = connection.nodes.map((node) => node.id);
      met.splice(direction === "forward" ? met.length : 0, 0, ...ids);
      const { pageInfo } = connection;
      if (!(direction === "forward" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) {
        expect(connection.totalCount).toBe(met.length);
        return met;
      }
      cursor = direction === "forward" ? pageInfo.endCursor : pageInfo.startCursor;
    }
  }

  it("takes the same three statements for one division and for all", async () => {
    await insertProjects(
      hub.subgraph.database.manager,
      CODES.map((code) => ({ locations: { [code]: 10_000 } })),
    );
    for (const codes of [CODES.slice(0, 1), CODES]) {
      hub.countStatements();
      await ask(codes, { first: 5 });
      expect(hub.countStatements()).toBe(3);
    }
  });

  it("refuses a cursor of another list under each division", async () => {
    const keys = [{ __typename: "AdminDivision", code: "430225" }];
    const { data, errors } = await hub.ask(QUERY, { keys, after: "bm9wZQ" });
    expect(errors?.[0]).toMatchObject({
      path: ["_entities", 0, "projects"],
      extensions: { code: "BAD_USER_INPUT", fields: ["after"] },
    });
    expect(data).toEqual({ _entities: [{ code: "430225", projects: null }] });
  });
});

function shareEqually(codes: readonly string[]): Record<string, number> {
  const share = Math.floor(10_000 / codes.length);
  return Object.fromEntries(
    codes.map((code, index) => [code, index === 0 ? 10_000 - share * (codes.length - 1) : share]),
  );
}
