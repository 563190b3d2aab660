import {
  clearProjects,
  insertProjects,
  PROJECTS_NOW,
  type ProjectSeed,
} from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createProjectsSubgraph } from "../subgraph";
import { MilestoneStatus } from "./milestone-status";

interface Answer {
  overdueMilestones: {
    totalCount: number;
    nodes: { title: string; project: { title: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  };
}

describe("listOverdueMilestones()", () => {
  let hub: SubgraphUnderTest;
  let now = PROJECTS_NOW;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph, { clock: () => now });
  });

  beforeEach(async () => {
    now = PROJECTS_NOW;
    await clearProjects(hub.subgraph.database.manager);
  });

  afterAll(() => hub.close());

  function seed(seeds: readonly ProjectSeed[]): Promise<unknown> {
    return insertProjects(hub.subgraph.database.manager, seeds);
  }

  async function ask(page: string): Promise<Answer["overdueMilestones"]> {
    const { data, errors } = await hub.ask(
      `{ overdueMilestones${page} { totalCount nodes { title project { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    );
    expect(errors).toBeUndefined();
    return (data as Answer).overdueMilestones;
  }

  it("lists what is SCHEDULED and past its day, the longest overdue first, with the project", async () => {
    await seed([
      {
        title: "housing",
        milestones: [
          { title: "roofs", dueOn: "2026-10-31" },
          { title: "walls", dueOn: "2026-09-30" },
        ],
      },
      {
        title: "phones",
        milestones: Object.values(MilestoneStatus).map((status) => ({ title: status, dueOn: "2026-10-01", status })),
      },
      {
        title: "tuition",
        milestones: [
          { title: "today", dueOn: "2026-11-01" },
          { title: "later", dueOn: "2027-01-01" },
        ],
      },
    ]);
    const { nodes, totalCount } = await ask("");
    expect(nodes).toEqual([
      { title: "walls", project: { title: "housing" } },
      { title: "SCHEDULED", project: { title: "phones" } },
      { title: "roofs", project: { title: "housing" } },
    ]);
    expect(totalCount).toBe(3);
  });

  it("counts days as Zhuzhou does: a milestone is late when its day is over there, eight hours before it is in UTC", async () => {
    await seed([{ milestones: [{ title: "due on the first", dueOn: "2026-11-01" }] }]);
    now = new Date("2026-11-01T15:59:59.999Z");
    expect((await ask("")).nodes).toEqual([]);
    now = new Date("2026-11-01T16:00:00.000Z");
    expect((await ask("")).nodes).toHaveLength(1);
  });

  it("walks ties by id in both directions", async () => {
    const titles = ["a", "b", "c", "d", "e"];
    await seed([{ milestones: titles.map((title) => ({ title, dueOn: "2026-10-01" })) }]);
    const first = await ask("(first: 2)");
    expect(first.nodes.map((node) => node.title)).toEqual(["a", "b"]);
    const second = await ask(`(first: 3, after: "${first.pageInfo.endCursor}")`);
    expect(second.nodes.map((node) => node.title)).toEqual(["c", "d", "e"]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await ask(`(last: 2, before: "${second.pageInfo.startCursor}")`);
    expect(back.nodes.map((node) => node.title)).toEqual(["a", "b"]);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it("takes the same three statements for 2 milestones and for 20, each of another project", async () => {
    await seed(Array.from({ length: 20 }, () => ({ milestones: [{ dueOn: "2026-10-01" }] })));
    for (const size of [2, 20]) {
      hub.countStatements();
      expect((await ask(`(first: ${size})`)).nodes).toHaveLength(size);
      expect(hub.countStatements()).toBe(3);
    }
  });
});
