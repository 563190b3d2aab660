import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { makeMoney } from "@alliance-hub/shared/money";
import { insertProjects, needId, organizationId, PROJECTS_NOW } from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { MilestoneStatus } from "./milestone/milestone-status";
import { PartnerRole } from "./partner/partner-role";
import type { Project } from "./project/project.entity";
import { ProjectModality, ProjectStatus } from "./project/project-lists";
import { createProjectsSubgraph } from "./subgraph";

const LEAD = organizationId();
const PARTNER = organizationId();
const NEED = needId();

const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename
  ... on Project { title }
  ... on Milestone { title }
  ... on Organization { id projects { totalCount } }
  ... on AdminDivision { code projects { totalCount } }
  ... on Need { id projects { totalCount } }
} }`;

describe("createProjectsSubgraph()", () => {
  let hub: SubgraphUnderTest;
  let project: Project;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph, { clock: () => PROJECTS_NOW });
    const { manager } = hub.subgraph.database;
    const [first] = await insertProjects(manager, [
      {
        title: "Study Program",
        summary: "tuition for 400 pupils",
        programme: "Zhuzhou relief",
        sourceSystem: "paper-files",
        sourceId: "2016-07",
        modality: ProjectModality.RELIEF,
        leadOrganizationId: LEAD,
        status: ProjectStatus.SUSPENDED,
        suspendedFrom: ProjectStatus.IN_PROGRESS,
        plannedStart: "2026-09-01",
        plannedEnd: "2027-06-30",
        actualStart: "2026-09-05",
        baselineAt: "2026-08-15",
        // Above 2^53: a JavaScript number would change it.
        minimumFunding: makeMoney("90071992547409931"),
        partners: [
          { organizationId: PARTNER, role: PartnerRole.FUNDING, shareBp: 6_000 },
          { organizationId: LEAD, role: PartnerRole.ACCOUNTABLE },
        ],
        locations: { "430225": 7_000, "430224101": 3_000 },
        plannedNeeds: [{ needId: NEED, quantity: "12.5" }],
        milestones: [
          { title: "second term paid", dueOn: "2027-03-01" },
          { title: "first term paid", dueOn: "2026-10-01", status: MilestoneStatus.MET },
        ],
      },
    ]);
    if (first === undefined) {
      throw new Error("no project was inserted");
    }
    project = first;
    await manager.insert(HistoryEntry, {
      entityId: project.id,
      version: 1,
      at: PROJECTS_NOW,
      organization: LEAD,
      role: "PROJECT_COORDINATOR",
      changedFields: ["status", "suspendedFrom"],
    });
  });

  afterAll(() => hub.close());

  it("answers every field of a project", async () => {
    const { data, errors } = await hub.ask(
      `query ($id: ID!) { project(id: $id) {
        __typename id ownerMember version createdAt updatedAt sourceSystem sourceId title summary programme modality category
        status suspendedFrom plannedStart plannedEnd actualStart actualEnd baselineAt
        minimumFunding { amountMinor currency }
        leadOrganization { id }
        partners { role shareBp organization { id } }
        locations { shareBp division { code } }
        plannedNeeds { quantity need { id } }
        milestones { title dueOn status version ownerMember project { id } }
        history { version at organization role changedFields }
      } }`,
      { id: project.id },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      project: {
        __typename: "Project",
        id: project.id,
        ownerMember: "caring-volunteers",
        version: 1,
        createdAt: "2026-11-01T00:00:00.000Z",
        updatedAt: "2026-11-01T00:00:00.000Z",
        sourceSystem: "paper-files",
        sourceId: "2016-07",
        title: "Study Program",
        summary: "tuition for 400 pupils",
        programme: "Zhuzhou relief",
        modality: "RELIEF",
        category: "STUDY_SUPPORT",
        status: "SUSPENDED",
        suspendedFrom: "IN_PROGRESS",
        plannedStart: "2026-09-01",
        plannedEnd: "2027-06-30",
        actualStart: "2026-09-05",
        actualEnd: null,
        baselineAt: "2026-08-15",
        minimumFunding: { amountMinor: "90071992547409931", currency: "CNY" },
        leadOrganization: { id: LEAD },
        partners: [
          { role: "ACCOUNTABLE", shareBp: null, organization: { id: LEAD } },
          { role: "FUNDING", shareBp: 6_000, organization: { id: PARTNER } },
        ],
        locations: [
          { shareBp: 7_000, division: { code: "430225" } },
          { shareBp: 3_000, division: { code: "430224101" } },
        ],
        plannedNeeds: [{ quantity: "12.5", need: { id: NEED } }],
        milestones: [
          milestoneAnswer("first term paid", "2026-10-01", "MET"),
          milestoneAnswer("second term paid", "2027-03-01", "SCHEDULED"),
        ],
        history: [
          {
            version: 1,
            at: "2026-11-01T00:00:00.000Z",
            organization: LEAD,
            role: "PROJECT_COORDINATOR",
            changedFields: ["status", "suspendedFrom"],
          },
        ],
      },
    });
  });

  it("resolves references to its own entities, null for unknown ones", async () => {
    const found = await hub.ask(`{ projects { nodes { milestones { id } } } }`);
    const [{ milestones }] = (found.data as { projects: { nodes: [{ milestones: [{ id: string }] }] } }).projects.nodes;
    const { data, errors } = await hub.ask(ENTITIES, {
      representations: [
        { __typename: "Milestone", id: milestones[0].id },
        { __typename: "Project", id: project.id },
        { __typename: "Project", id: makeGlobalId("caring-volunteers", "Project") },
        { __typename: "Milestone", id: "nonsense" },
      ],
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        { __typename: "Milestone", title: "first term paid" },
        { __typename: "Project", title: "Study Program" },
        null,
        null,
      ],
    });
  });

  it("resolves references to others' entities by key, null for a text that is no such key", async () => {
    const { data, errors } = await hub.ask(ENTITIES, {
      representations: [
        { __typename: "Organization", id: PARTNER },
        { __typename: "Organization", id: NEED },
        { __typename: "AdminDivision", code: "430224" },
        { __typename: "AdminDivision", code: "43%" },
        { __typename: "Need", id: NEED },
        { __typename: "Need", id: PARTNER },
      ],
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        { __typename: "Organization", id: PARTNER, projects: { totalCount: 1 } },
        null,
        { __typename: "AdminDivision", code: "430224", projects: { totalCount: 1 } },
        null,
        { __typename: "Need", id: NEED, projects: { totalCount: 1 } },
        null,
      ],
    });
  });

  it("is null for an id that no project has", async () => {
    const { data, errors } = await hub.ask(`{ project(id: "${makeGlobalId("zz-alliance", "Project")}") { id } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ project: null });
  });

  it.each([
    [`{ project(id: "${NEED}") { id } }`, { code: "BAD_USER_INPUT", fields: ["id"] }],
    [`{ project(id: "' OR true --") { id } }`, { code: "BAD_USER_INPUT", fields: ["id"] }],
    [`{ projects(first: 1000) { totalCount } }`, { code: "LIMIT_EXCEEDED", limit: "first" }],
    [`{ projects(first: 0) { totalCount } }`, { code: "BAD_USER_INPUT", fields: ["first"] }],
    [`{ projects(first: 1, last: 1) { totalCount } }`, { code: "BAD_USER_INPUT", fields: ["first", "last"] }],
    [`{ projects(after: "bm9wZQ") { totalCount } }`, { code: "BAD_USER_INPUT", fields: ["after"] }],
    [`{ overdueMilestones(last: 101) { totalCount } }`, { code: "LIMIT_EXCEEDED", limit: "last" }],
    [`{ overdueMilestones(before: "?") { totalCount } }`, { code: "BAD_USER_INPUT", fields: ["before"] }],
    [
      `{ projects(filter: { organization: "${NEED}" }) { totalCount } }`,
      { code: "BAD_USER_INPUT", fields: ["organization"] },
    ],
    [`{ projects(filter: { status: STARTED }) { totalCount } }`, { code: "BAD_USER_INPUT" }],
    [
      `{ projects(filter: { divisionPrefix: "4302" }) { totalCount } }`,
      { code: "IDENTIFIER_INVALID", kind: "DivisionCode" },
    ],
  ])("refuses %s with a code of the catalogue", async (query, extensions) => {
    const { errors } = await hub.ask(query);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toMatchObject({ ...extensions, retryable: false });
  });

  it("refuses a cursor of another list", async () => {
    const { data } = await hub.ask(`{ projects(first: 1) { pageInfo { endCursor } } }`);
    const { endCursor } = (data as { projects: { pageInfo: { endCursor: string } } }).projects.pageInfo;
    const { errors } = await hub.ask(`{ overdueMilestones(after: "${endCursor}") { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: ["after"] });
  });

  function milestoneAnswer(title: string, dueOn: string, status: string): Record<string, unknown> {
    return { title, dueOn, status, version: 1, ownerMember: "caring-volunteers", project: { id: project.id } };
  }
});
