import { businessDateOf } from "@alliance-hub/shared/business-date";
import { invariant } from "@alliance-hub/shared/invariant";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { Project } from "../project/project.entity";
import { projectByIdLoader } from "../project/project.loader";
import type { Milestone } from "./milestone.entity";
import { selectMilestones } from "./milestone.loader";
import { MilestoneStatus } from "./milestone-status";

const BY_DUE_DATE: SortOrder<Milestone> = {
  name: "milestone.dueOn",
  direction: "ASC",
  expression: "milestone.dueOn",
  sqlType: "date",
  keyOf: (milestone) => milestone.dueOn,
};

/** Milestones still SCHEDULED whose day is over, the longest overdue first. The day itself is not yet late. */
export function listOverdueMilestones(context: RequestContext, page: PageRequest): Promise<Page<Milestone>> {
  return readPage(
    () =>
      selectMilestones(context.database.manager, context)
        .andWhere("milestone.status = :scheduled", { scheduled: MilestoneStatus.SCHEDULED })
        .andWhere("milestone.dueOn < :today", { today: businessDateOf(context.now) }),
    BY_DUE_DATE,
    page,
  );
}

/** The project of a milestone; whoever was shown the milestone may see it. */
export async function findProjectOfMilestone(context: RequestContext, milestone: Milestone): Promise<Project> {
  const project = await context.loader(projectByIdLoader).load(milestone.projectId);
  invariant(project !== null, `milestone ${milestone.id} was shown without its project`);
  return project;
}
