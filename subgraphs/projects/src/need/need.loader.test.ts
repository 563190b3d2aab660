import { clearProjects, insertProjects, needId, PROJECTS_NOW } from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createProjectsSubgraph } from "../subgraph";

interface Connection {
  totalCount: number;
  nodes: { title: string }[];
  pageInfo: { hasNextPage: boolean };
}

const QUERY = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Need {
  projects(first: 2) { totalCount nodes { title } pageInfo { hasNextPage } }
} } }`;

describe("projectsOfNeedLoader", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph, { clock: () => PROJECTS_NOW });
  });

  beforeEach(() => clearProjects(hub.subgraph.database.manager));

  afterAll(() => hub.close());

  async function ask(ids: readonly string[]): Promise<Connection[]> {
    const keys = ids.map((id) => ({ __typename: "Need", id }));
    const { data, errors } = await hub.ask(QUERY, { keys });
    expect(errors).toBeUndefined();
    return (data as { _entities: { projects: Connection }[] })._entities.map((need) => need.projects);
  }

  it("has the projects that plan a need, the newest first, and says when there are more", async () => {
    const [roof, tuition] = [needId(), needId()];
    await insertProjects(hub.subgraph.database.manager, [
      { title: "first", plannedNeeds: [{ needId: roof, quantity: "1" }] },
      {
        title: "second",
        plannedNeeds: [
          { needId: roof, quantity: "1" },
          { needId: tuition, quantity: "2.5" },
        ],
      },
      { title: "third", plannedNeeds: [{ needId: roof, quantity: "1" }] },
      { title: "without" },
    ]);
    expect(await ask([roof, tuition, needId()])).toEqual([
      { totalCount: 3, nodes: [{ title: "third" }, { title: "second" }], pageInfo: { hasNextPage: true } },
      { totalCount: 1, nodes: [{ title: "second" }], pageInfo: { hasNextPage: false } },
      { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } },
    ]);
  });

  it("takes the same three statements for 2 needs and for 20", async () => {
    const ids = Array.from({ length: 20 }, needId);
    await insertProjects(
      hub.subgraph.database.manager,
      ids.map((id) => ({ plannedNeeds: [{ needId: id, quantity: "1" }] })),
    );
    for (const asked of [ids.slice(0, 2), ids]) {
      hub.countStatements();
      expect((await ask(asked)).every((projects) => projects.totalCount === 1)).toBe(true);
      expect(hub.countStatements()).toBe(3);
    }
  });
});
