import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import {
  clearProjects,
  insertProjects,
  needId,
  organizationId,
  PROJECTS_NOW,
  type ProjectSeed,
} from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { PartnerRole } from "../partner/partner-role";
import { createProjectsSubgraph } from "../subgraph";
import { ProjectStatus } from "./project-lists";

interface Answer {
  projects: {
    totalCount: number;
    nodes: { id: string; title: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  };
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String) {
  projects(first: $first, after: $after, last: $last, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

describe("listProjects()", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph, { clock: () => PROJECTS_NOW });
  });

  beforeEach(() => clearProjects(hub.subgraph.database.manager));

  afterAll(() => hub.close());

  async function seed(seeds: readonly ProjectSeed[]): Promise<string[]> {
    return (await insertProjects(hub.subgraph.database.manager, seeds)).map((project) => project.id);
  }

  async function titlesWhere(filter: string): Promise<string[]> {
    const { data, errors } = await hub.ask(`{ projects(filter: { ${filter} }) { totalCount nodes { title } } }`);
    expect(errors).toBeUndefined();
    const { projects } = data as Answer;
    expect(projects.totalCount).toBe(projects.nodes.length);
    return projects.nodes.map((node) => node.title).sort();
  }

  it("finds projects inside a division and those whose location contains it", async () => {
    await seed([
      { title: "whole city", locations: { "430200": 10_000 } },
      { title: "Yanling", locations: { "430225": 10_000 } },
      { title: "a village of Yanling", locations: { "430225102222": 10_000 } },
      { title: "a town of Chaling and one of Yanling", locations: { "430224101": 5_000, "430225103": 5_000 } },
      { title: "Chaling", locations: { "430224": 10_000 } },
      { title: "nowhere yet" },
    ]);
    expect(await titlesWhere('divisionPrefix: "430225102"')).toEqual(["Yanling", "a village of Yanling", "whole city"]);
    expect(await titlesWhere('divisionPrefix: "430225"')).toEqual([
      "Yanling",
      "a town of Chaling and one of Yanling",
      "a village of Yanling",
      "whole city",
    ]);
    expect(await titlesWhere('divisionPrefix: "430000"')).toHaveLength(5);
    expect(await titlesWhere('divisionPrefix: "430100"')).toEqual([]);
  });

  it("finds projects by lead or any partner, by category and by state, all at once", async () => {
    const organization = organizationId();
    const partners = [
      { organizationId: organization, role: PartnerRole.FUNDING },
      { organizationId: organization, role: PartnerRole.IMPLEMENTING },
    ];
    await seed([
      { title: "led", leadOrganizationId: organization },
      { title: "supported", partners, category: NeedCategory.ECOMMERCE },
      { title: "both", leadOrganizationId: organization, partners, status: ProjectStatus.CLOSED },
      { title: "others'", category: NeedCategory.ECOMMERCE },
    ]);
    expect(await titlesWhere(`organization: "${organization}"`)).toEqual(["both", "led", "supported"]);
    expect(await titlesWhere("category: ECOMMERCE")).toEqual(["others'", "supported"]);
    expect(await titlesWhere("status: CLOSED")).toEqual(["both"]);
    expect(await titlesWhere(`organization: "${organization}", category: ECOMMERCE, status: IN_PROGRESS`)).toEqual([
      "supported",
    ]);
    expect(await titlesWhere(`organization: "${organizationId()}"`)).toEqual([]);
  });

  it("walks a list with ties forwards and backwards and meets each row exactly once (INV-33)", async () => {
    // Few instants, so that most rows share theirs with others.
    const instants = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 0, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(instants, fc.integer({ min: 1, max: 5 }), async (offsets, size) => {
        await clearProjects(hub.subgraph.database.manager);
        const seeds = offsets.map((offset) => ({ createdAt: new Date(PROJECTS_NOW.getTime() - offset) }));
        const ids = await seed(seeds);
        const newestFirst = ids
          .map((id, index) => ({ id, offset: offsets[index] ?? 0 }))
          .sort((left, right) => left.offset - right.offset || (left.id < right.id ? 1 : -1))
          .map(({ id }) => id);
        expect(await walk("forward", size)).toEqual(newestFirst);
        expect(await walk("backward", size)).toEqual(newestFirst);
      }),
      { numRuns: 25 },
    );
  });

  async function walk(direction: "forward" | "backward", size: number): Promise<string[]> {
    const met: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const variables = direction === "forward" ? { first: size, after: cursor } : { last: size, before: cursor };
      const { data, errors } = await hub.ask(PAGE, variables);
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = (data as Answer).projects;
      const ids = nodes.map((node) => node.id);
      if (direction === "forward") {
        met.push(...ids);
      } else {
        met.unshift(...ids);
      }
      const hasMore = direction === "forward" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
      if (!hasMore) {
        return met;
      }
      expect(nodes).toHaveLength(size);
      cursor = direction === "forward" ? pageInfo.endCursor : pageInfo.startCursor;
    }
  }

  it("takes the same eight statements for 2 projects and for 20, with everything below them", async () => {
    const whole = (): ProjectSeed => ({
      partners: [
        { organizationId: organizationId(), role: PartnerRole.FUNDING },
        { organizationId: organizationId(), role: PartnerRole.EXTENDING },
      ],
      locations: { "430225": 4_000, "430224": 6_000 },
      plannedNeeds: [
        { needId: needId(), quantity: "1" },
        { needId: needId(), quantity: "2" },
      ],
      milestones: [{}, {}],
    });
    await seed(Array.from({ length: 20 }, whole));
    const query = `query ($first: Int!) { projects(first: $first) { totalCount nodes {
      leadOrganization { id } partners { organization { id } } locations { division { code } } plannedNeeds { need { id } }
      milestones { id project { id } } history { at }
    } } }`;
    for (const first of [2, 20]) {
      hub.countStatements();
      const { data, errors } = await hub.ask(query, { first });
      expect(errors).toBeUndefined();
      expect((data as Answer).projects.nodes).toHaveLength(first);
      // Page, total, partners, locations, planned needs, milestones, their projects, history.
      expect(hub.countStatements()).toBe(8);
    }
  });

  it("does not count when no total is asked for", async () => {
    await seed([{}, {}]);
    hub.countStatements();
    await hub.ask("{ projects { nodes { id } } }");
    expect(hub.countStatements()).toBe(1);
  });
});
