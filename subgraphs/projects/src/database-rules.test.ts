import {
  clearProjects,
  insertProjects,
  makeMilestone,
  makeProject,
  needId,
  organizationId,
} from "@alliance-hub/tests/kit/fixtures/projects";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { ProjectLocation } from "./location/project-location.entity";
import { Milestone } from "./milestone/milestone.entity";
import { PartnerRole } from "./partner/partner-role";
import { ProjectPartner } from "./partner/project-partner.entity";
import { PlannedNeed } from "./planned-need/planned-need.entity";
import { Project } from "./project/project.entity";
import { ProjectStatus } from "./project/project-lists";
import { createProjectsSubgraph } from "./subgraph";

const SHARES = "the location shares of project";

describe("CreateProjects1761955200000", () => {
  let hub: SubgraphUnderTest;
  let database: DataSource;

  beforeAll(async () => {
    hub = await openSubgraph("projects", createProjectsSubgraph);
    database = hub.subgraph.database;
  });

  beforeEach(() => clearProjects(database.manager));

  afterAll(() => hub.close());

  async function insertProject(): Promise<Project> {
    const [project] = await insertProjects(database.manager, [{}]);
    if (project === undefined) {
      throw new Error("no project was inserted");
    }
    return project;
  }

  it.each<[string, Partial<Project>]>([
    ["project_owner_check", { ownerMember: "zz-alliance" }],
    ["project_version_check", { version: 0 }],
    ["project_status_check", { status: "STARTED" as ProjectStatus }],
    ["project_modality_check", { modality: "OTHER" as never }],
    ["project_suspended_check", { status: ProjectStatus.SUSPENDED }],
    ["project_suspended_check", { suspendedFrom: ProjectStatus.FUNDED }],
    ["project_suspended_from_check", { status: ProjectStatus.SUSPENDED, suspendedFrom: ProjectStatus.CLOSED }],
    ["project_planned_period_check", { plannedStart: "2026-11-02", plannedEnd: "2026-11-01" }],
    ["project_actual_period_check", { actualStart: "2026-11-02", actualEnd: "2026-11-01" }],
    ["project_funding_check", { minimumFunding: { amountMinor: "-1", currency: "CNY" } }],
    ["project_funding_check", { minimumFunding: { amountMinor: "1", currency: "yuan" } }],
    ["project_lead_check", { leadOrganizationId: needId() }],
    ["project_title_check", { title: "" }],
    ["project_source_check", { sourceSystem: "paper-files" }],
  ])("refuses a project by %s: %j", async (constraint, columns) => {
    await expect(database.manager.insert(Project, makeProject(columns))).rejects.toThrow(`"${constraint}"`);
  });

  it("refuses a second import of one row for one owner", async () => {
    const imported = { sourceSystem: "paper-files", sourceId: "7" };
    await database.manager.insert(Project, makeProject(imported));
    await expect(database.manager.insert(Project, makeProject(imported))).rejects.toThrow('"project_source_key"');
  });

  it("refuses wrong parts of a project", async () => {
    const { id: projectId, ...project } = await insertProject();
    const partner = { projectId, organizationId: organizationId(), role: PartnerRole.FUNDING, shareBp: null };
    const planned = { projectId, needId: needId(), quantity: "1" };
    const milestone = makeMilestone({ ...project, id: projectId });
    const insert = (entity: Parameters<typeof database.manager.insert>[0], row: object) =>
      database.manager.insert(entity, row);
    await insert(ProjectPartner, partner);
    await expect(insert(ProjectPartner, partner)).rejects.toThrow('"project_partner_pkey"');
    await expect(insert(ProjectPartner, { ...partner, role: "OTHER" })).rejects.toThrow('"project_partner_role_check"');
    await expect(insert(ProjectPartner, { ...partner, role: "EXTENDING", shareBp: 10_001 })).rejects.toThrow(
      '"project_partner_share_check"',
    );
    await expect(insert(ProjectPartner, { ...partner, organizationId: needId() })).rejects.toThrow(
      '"project_partner_organization_check"',
    );
    await expect(insert(PlannedNeed, { ...planned, quantity: "0" })).rejects.toThrow('"planned_need_quantity_check"');
    await expect(insert(PlannedNeed, { ...planned, quantity: "0.1234567" })).rejects.toThrow(
      '"planned_need_quantity_check"',
    );
    await expect(insert(PlannedNeed, { ...planned, quantity: "1234567890123.123456" })).rejects.toThrow(
      '"planned_need_quantity_check"',
    );
    await insert(PlannedNeed, { ...planned, quantity: "123456789012.123456" });
    await expect(insert(PlannedNeed, { ...planned, needId: organizationId() })).rejects.toThrow(
      '"planned_need_need_check"',
    );
    await expect(insert(Milestone, { ...milestone, status: "LATE" })).rejects.toThrow('"milestone_status_check"');
    const foreign = makeMilestone({ ...project, id: projectId, ownerMember: "zz-alliance" });
    await expect(insert(Milestone, foreign)).rejects.toThrow('"milestone_project_owner_check"');
    const orphan = makeMilestone(makeProject());
    await expect(insert(Milestone, orphan)).rejects.toThrow('"milestone_project_fkey"');
  });

  it("refuses at the commit, and only there, shares of locations that do not sum to 10 000 (INV-30)", async () => {
    const { id: projectId } = await insertProject();
    const runner = database.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.manager.insert(ProjectLocation, { projectId, divisionCode: "430225", shareBp: 6_000 });
      await expect(runner.commitTransaction()).rejects.toThrow(SHARES);
      expect(await database.manager.countBy(ProjectLocation, { projectId })).toBe(0);
    } finally {
      await runner.release();
    }
    await database.transaction(async (transaction) => {
      await transaction.insert(ProjectLocation, { projectId, divisionCode: "430225", shareBp: 6_000 });
      await transaction.insert(ProjectLocation, { projectId, divisionCode: "430224", shareBp: 4_000 });
    });
    await expect(
      database.manager.update(ProjectLocation, { projectId, divisionCode: "430224" }, { shareBp: 4_001 }),
    ).rejects.toThrow(SHARES);
    await expect(database.manager.delete(ProjectLocation, { projectId, divisionCode: "430224" })).rejects.toThrow(
      SHARES,
    );
    // A location that moves to another project leaves both wrong.
    const { id: otherId } = await insertProject();
    await expect(
      database.manager.update(ProjectLocation, { projectId, divisionCode: "430224" }, { projectId: otherId }),
    ).rejects.toThrow(SHARES);
    await database.manager.delete(ProjectLocation, { projectId });
    expect(await database.manager.countBy(ProjectLocation, { projectId })).toBe(0);
  });

  it("accepts exactly the sets of shares that are empty or sum to 10 000", async () => {
    const shares = fc.oneof(
      fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 4 }),
      // A whole that is cut somewhere: the sum is right.
      fc.integer({ min: 1, max: 9_999 }).map((cut) => [cut, 10_000 - cut]),
    );
    await fc.assert(
      fc.asyncProperty(shares, async (parts) => {
        const { id: projectId } = await insertProject();
        const rows = parts.map((shareBp, index) => ({ projectId, divisionCode: `43020${index + 2}`, shareBp }));
        const insertion = database.manager.insert(ProjectLocation, rows);
        if (parts.length === 0 || parts.reduce((sum, part) => sum + part, 0) === 10_000) {
          await insertion;
        } else {
          await expect(insertion).rejects.toThrow(SHARES);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("refuses the second of two transactions that each add a whole without seeing the other's", async () => {
    const { id: projectId } = await insertProject();
    const [first, second] = [database.createQueryRunner(), database.createQueryRunner()];
    try {
      await first.startTransaction("READ COMMITTED");
      await second.startTransaction("READ COMMITTED");
      await first.manager.insert(ProjectLocation, { projectId, divisionCode: "430224", shareBp: 10_000 });
      await second.manager.insert(ProjectLocation, { projectId, divisionCode: "430225", shareBp: 10_000 });
      // What the commit does first, so that the second checks while the first has checked and not yet committed.
      await first.query("SET CONSTRAINTS ALL IMMEDIATE");
      const { pid } = (await second.query("SELECT pg_backend_pid() AS pid"))[0];
      let isDone = false;
      const check = Promise.allSettled([second.query("SET CONSTRAINTS ALL IMMEDIATE")]).finally(() => {
        isDone = true;
      });
      await untilWaiting(pid, () => isDone);
      await first.commitTransaction();
      const [outcome] = await check;
      expect(outcome).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining(SHARES) } });
      await second.rollbackTransaction();
      expect(await database.manager.sum(ProjectLocation, "shareBp", { projectId })).toBe(10_000);
    } finally {
      await Promise.all([first.release(), second.release()]);
    }
  });

  /** Resolves when a database session waits for a lock, or is done without. */
  async function untilWaiting(pid: number, isDone: () => boolean): Promise<void> {
    let waiting: unknown[] = [];
    while (waiting.length === 0 && !isDone()) {
      waiting = await database.query("SELECT 1 FROM pg_locks WHERE pid = $1 AND NOT granted", [pid]);
    }
  }

  it("can be undone and done again", async () => {
    await database.undoLastMigration();
    expect(
      await database.query(
        "SELECT to_regclass('project') AS name, to_regprocedure('check_project_location_shares()') AS check",
      ),
    ).toEqual([{ name: null, check: null }]);
    await database.runMigrations();
    await insertProject();
  });
});
