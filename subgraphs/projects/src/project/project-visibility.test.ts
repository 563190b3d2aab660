import { insertProjects, needId, organizationId, PROJECTS_NOW } from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { Milestone } from "../milestone/milestone.entity";
import { PartnerRole } from "../partner/partner-role";
import { createProjectsSubgraph } from "../subgraph";
import type { Project } from "./project.entity";
import { ProjectStatus } from "./project-lists";

const LEAD = organizationId();
const NEED = needId();

/** Every way to a project or to what belongs to one. */
const EVERY_WAY = `query ($id: ID!, $keys: [_Any!]!) {
  project(id: $id) { status }
  projects(first: 100) { totalCount nodes { status } }
  overdueMilestones(first: 100) { totalCount nodes { project { status } } }
  _entities(representations: $keys) {
    ... on Project { status }
    ... on Milestone { project { status } }
    ... on Organization { projects(first: 100) { totalCount nodes { status } } funding: projects(role: FUNDING) { totalCount nodes { status } } }
    ... on AdminDivision { projects(first: 100) { totalCount nodes { status } } }
    ... on Need { projects(first: 100) { totalCount nodes { status } } }
  }
}`;

describe("whereProjectVisible()", () => {
  let staff: SubgraphUnderTest;
  let everybody: SubgraphUnderTest;
  let projectByStatus: Map<ProjectStatus, Project>;

  beforeAll(async () => {
    staff = await openSubgraph("projects", createProjectsSubgraph, { clock: () => PROJECTS_NOW });
    const { url } = staff.subgraph.database.options as { url: string };
    everybody = await openSubgraph("projects", createProjectsSubgraph, {
      clock: () => PROJECTS_NOW,
      callers: "public",
      databaseUrl: url,
    });
    const projects = await insertProjects(
      staff.subgraph.database.manager,
      Object.values(ProjectStatus).map((status) => ({
        status,
        suspendedFrom: status === ProjectStatus.SUSPENDED ? ProjectStatus.FUNDED : null,
        leadOrganizationId: LEAD,
        partners: [{ organizationId: LEAD, role: PartnerRole.FUNDING }],
        locations: { "430225102": 10_000 },
        plannedNeeds: [{ needId: NEED, quantity: "1" }],
        milestones: [{ dueOn: "2026-10-01" }],
      })),
    );
    projectByStatus = new Map(projects.map((project) => [project.status, project]));
  });

  afterAll(async () => {
    await everybody.close();
    await staff.close();
  });

  it.each(Object.values(ProjectStatus))(
    "shows staff a %s project on every way, the public from UNDER_REVIEW on",
    async (status) => {
      const id = projectByStatus.get(status)?.id ?? "";
      const milestone = await staff.subgraph.database.manager.findOneByOrFail(Milestone, { projectId: id });
      const variables = {
        id,
        keys: [
          { __typename: "Project", id },
          { __typename: "Milestone", id: milestone.id },
          { __typename: "Organization", id: LEAD },
          { __typename: "AdminDivision", code: "430225" },
          { __typename: "Need", id: NEED },
        ],
      };
      const seenByStaff = await staff.ask(EVERY_WAY, variables);
      expect(seenByStaff.errors).toBeUndefined();
      expect(seenByStaff.data).toEqual(answerWith(status, Object.values(ProjectStatus)));
      const seenByAll = await everybody.ask(EVERY_WAY, variables);
      expect(seenByAll.errors).toBeUndefined();
      const visible = Object.values(ProjectStatus).filter((candidate) => candidate !== ProjectStatus.PROPOSED);
      expect(seenByAll.data).toEqual(answerWith(status, visible));
    },
  );

  it("lets no filter or cursor of the public reach a proposed project", async () => {
    const { data } = await everybody.ask(`{
      projects(filter: { status: PROPOSED, organization: "${LEAD}", divisionPrefix: "430225" }) { totalCount nodes { id } }
    }`);
    expect(data).toEqual({ projects: { totalCount: 0, nodes: [] } });
  });
});

/** The answer to EVERY_WAY; ties in createdAt are broken by id, so the newest id comes first. */
function answerWith(status: ProjectStatus, visible: readonly ProjectStatus[]): Record<string, unknown> {
  const isVisible = visible.includes(status);
  const list = { totalCount: visible.length, nodes: [...visible].reverse().map((each) => ({ status: each })) };
  return {
    project: isVisible ? { status } : null,
    projects: list,
    overdueMilestones: { totalCount: visible.length, nodes: visible.map((each) => ({ project: { status: each } })) },
    _entities: [
      isVisible ? { status } : null,
      isVisible ? { project: { status } } : null,
      { projects: list, funding: list },
      { projects: list },
      { projects: list },
    ],
  };
}
