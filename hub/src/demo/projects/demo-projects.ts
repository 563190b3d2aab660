import { ProjectLocation } from "@alliance-hub/projects/location/project-location.entity";
import { Milestone } from "@alliance-hub/projects/milestone/milestone.entity";
import { MilestoneStatus } from "@alliance-hub/projects/milestone/milestone-status";
import { ProjectPartner } from "@alliance-hub/projects/partner/project-partner.entity";
import { Project } from "@alliance-hub/projects/project/project.entity";
import { ProjectStatus } from "@alliance-hub/projects/project/project-lists";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { invariant } from "@alliance-hub/shared/invariant";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeRow } from "../demo-batch";
import { makeDemoId } from "../demo-id";
import { type DemoPlan, namedIdOf } from "../demo-plan";
import { organizationIdOf } from "../organizations/demo-organizations";
import { RandomStream } from "../random-stream";
import type { ListedProject } from "./listed-project";
import { PROJECTS } from "./project-list";

/** States that a project of a state has gone through, itself last. */
const WAYS: Readonly<Record<ProjectStatus, readonly ProjectStatus[]>> = (() => {
  const { PROPOSED, UNDER_REVIEW, APPROVED, REJECTED, FUNDED, IN_PROGRESS, COMPLETED, IN_FOLLOW_UP, CLOSED } =
    ProjectStatus;
  const way = [PROPOSED, UNDER_REVIEW, APPROVED, FUNDED, IN_PROGRESS, COMPLETED, IN_FOLLOW_UP, CLOSED];
  const upTo = (status: ProjectStatus): readonly ProjectStatus[] => way.slice(0, way.indexOf(status) + 1);
  return {
    PROPOSED: upTo(PROPOSED),
    UNDER_REVIEW: upTo(UNDER_REVIEW),
    APPROVED: upTo(APPROVED),
    FUNDED: upTo(FUNDED),
    IN_PROGRESS: upTo(IN_PROGRESS),
    COMPLETED: upTo(COMPLETED),
    IN_FOLLOW_UP: upTo(IN_FOLLOW_UP),
    CLOSED: upTo(CLOSED),
    REJECTED: [...upTo(UNDER_REVIEW), REJECTED],
    SUSPENDED: [...upTo(IN_PROGRESS), ProjectStatus.SUSPENDED],
    CANCELLED: [...upTo(APPROVED), ProjectStatus.CANCELLED],
  };
})();

/** The id of a project of the list. */
export function projectIdOf(plan: DemoPlan, code: string): string {
  const listed = PROJECTS.find((project) => project.code === code);
  invariant(listed !== undefined, `the demo has no project ${code}`);
  return namedIdOf(plan, `project/${code}`, () => {
    const random = new RandomStream(plan.seed, `project/${code}`);
    return makeDemoId(listed.lead, "Project", plan.calendar.instantBefore(listed.proposedDaysAgo), random);
  });
}

export function generateProjects(plan: DemoPlan): Project[] {
  return PROJECTS.map((listed) => {
    const { calendar } = plan;
    const way = WAYS[listed.status];
    const hasStarted = way.includes(ProjectStatus.IN_PROGRESS);
    const hasEnded = way.includes(ProjectStatus.COMPLETED);
    return makeRow(Project, {
      ...newRow(projectIdOf(plan, listed.code), listed.lead, calendar.instantBefore(listed.proposedDaysAgo)),
      version: way.length,
      updatedAt: calendar.instantBefore(lastChangeDaysAgo(listed)),
      sourceSystem: null,
      sourceId: null,
      title: listed.title,
      summary: listed.summary,
      programme: listed.programme,
      modality: listed.modality,
      category: listed.category,
      leadOrganizationId: organizationIdOf(plan, listed.lead),
      status: listed.status,
      suspendedFrom: listed.suspendedFrom ?? null,
      plannedStart: calendar.dateBefore(listed.startDaysAgo),
      plannedEnd: calendar.dateBefore(listed.endDaysAgo),
      actualStart: hasStarted ? calendar.dateBefore(listed.startDaysAgo) : null,
      actualEnd: hasEnded ? calendar.dateBefore(listed.endDaysAgo) : null,
      minimumFunding: makeMoney(BigInt(listed.minimumFundingYuan) * 100n),
      // The situation before a project is measured when it is proposed.
      baselineAt: listed.status === ProjectStatus.PROPOSED ? null : calendar.dateBefore(listed.proposedDaysAgo - 5),
    });
  });
}

export function generatePartners(plan: DemoPlan): ProjectPartner[] {
  return PROJECTS.flatMap((listed) =>
    listed.partners.map(([organization, role, shareBp]) =>
      makeRow(ProjectPartner, {
        projectId: projectIdOf(plan, listed.code),
        organizationId: organizationIdOf(plan, organization),
        role,
        shareBp,
      }),
    ),
  );
}

export function generateLocations(plan: DemoPlan): ProjectLocation[] {
  return PROJECTS.flatMap((listed) =>
    listed.locations.map(([divisionCode, shareBp]) =>
      makeRow(ProjectLocation, { projectId: projectIdOf(plan, listed.code), divisionCode, shareBp }),
    ),
  );
}

export function generateMilestones(plan: DemoPlan): Milestone[] {
  return PROJECTS.flatMap((listed) => {
    const random = new RandomStream(plan.seed, `milestones/${listed.code}`);
    const createdAt = plan.calendar.instantBefore(listed.proposedDaysAgo);
    return listed.milestones.map(([title, dueDaysAgo, outcome]) => {
      const isDecided = outcome !== "SCHEDULED";
      return makeRow(Milestone, {
        ...newRow(makeDemoId(listed.lead, "Milestone", createdAt, random), listed.lead, createdAt),
        version: isDecided ? 2 : 1,
        updatedAt: isDecided ? plan.calendar.instantBefore(Math.max(1, dueDaysAgo - 3)) : createdAt,
        projectId: projectIdOf(plan, listed.code),
        title,
        dueOn: plan.calendar.dateBefore(dueDaysAgo),
        status: MilestoneStatus[outcome],
      });
    });
  });
}

/** When the project came to its state. */
function lastChangeDaysAgo(listed: ListedProject): number {
  switch (listed.status) {
    case ProjectStatus.PROPOSED:
      return listed.proposedDaysAgo;
    case ProjectStatus.IN_PROGRESS:
      return listed.startDaysAgo;
    case ProjectStatus.COMPLETED:
    case ProjectStatus.IN_FOLLOW_UP:
      return listed.endDaysAgo;
    default:
      return Math.min(30, Math.floor(listed.proposedDaysAgo / 2));
  }
}
