import { clearProjects, insertProjects, organizationId, PROJECTS_NOW } from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { PartnerRole } from "../partner/partner-role";
import { createProjectsSubgraph } from "../subgraph";

interface Connection {
  totalCount: number;
  nodes: { title: string }[];
}

const QUERY = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Organization {
  any: projects { totalCount nodes { title } }
  funding: projects(role: FUNDING) { totalCount nodes { title } }
  implementing: projects(role: IMPLEMENTING, last: 1) { totalCount nodes { title } }
} } }`;

describe("projectsOfOrganizationLoader", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph, { clock: () => PROJECTS_NOW });
  });

  beforeEach(() => clearProjects(hub.subgraph.database.manager));

  afterAll(() => hub.close());

  async function ask(ids: readonly string[]): Promise<Record<"any" | "funding" | "implementing", Connection>[]> {
    const keys = ids.map((id) => ({ __typename: "Organization", id }));
    const { data, errors } = await hub.ask(QUERY, { keys });
    expect(errors).toBeUndefined();
    return (data as { _entities: Record<"any" | "funding" | "implementing", Connection>[] })._entities;
  }

  it("has what an organization leads or takes part in, each once; with a role only those in that role", async () => {
    const [chamber, center] = [organizationId(), organizationId()];
    await insertProjects(hub.subgraph.database.manager, [
      {
        title: "led",
        leadOrganizationId: chamber,
        partners: [{ organizationId: center, role: PartnerRole.IMPLEMENTING }],
      },
      { title: "funded", partners: [{ organizationId: chamber, role: PartnerRole.FUNDING }] },
      {
        title: "led and both",
        leadOrganizationId: chamber,
        partners: [
          { organizationId: chamber, role: PartnerRole.FUNDING },
          { organizationId: chamber, role: PartnerRole.IMPLEMENTING },
          { organizationId: center, role: PartnerRole.IMPLEMENTING },
        ],
      },
      { title: "of others" },
    ]);
    const [ofChamber, ofCenter, ofNobody] = await ask([chamber, center, organizationId()]);
    expect(ofChamber).toEqual({
      any: { totalCount: 3, nodes: [{ title: "led and both" }, { title: "funded" }, { title: "led" }] },
      funding: { totalCount: 2, nodes: [{ title: "led and both" }, { title: "funded" }] },
      implementing: { totalCount: 1, nodes: [{ title: "led and both" }] },
    });
    expect(ofCenter).toEqual({
      any: { totalCount: 2, nodes: [{ title: "led and both" }, { title: "led" }] },
      funding: { totalCount: 0, nodes: [] },
      implementing: { totalCount: 2, nodes: [{ title: "led" }] },
    });
    expect(ofNobody?.any).toEqual({ totalCount: 0, nodes: [] });
  });

  it("takes the same nine statements for 2 organizations and for 20: three for each distinct list", async () => {
    const ids = Array.from({ length: 20 }, organizationId);
    await insertProjects(
      hub.subgraph.database.manager,
      ids.map((id) => ({
        leadOrganizationId: id,
        partners: [
          { organizationId: id, role: PartnerRole.FUNDING },
          { organizationId: id, role: PartnerRole.IMPLEMENTING },
        ],
      })),
    );
    for (const asked of [ids.slice(0, 2), ids]) {
      hub.countStatements();
      expect((await ask(asked)).map((organization) => organization.any.totalCount)).toEqual(asked.map(() => 1));
      expect(hub.countStatements()).toBe(9);
    }
  });
});
