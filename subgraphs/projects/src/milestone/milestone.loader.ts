import { childrenLoader } from "@alliance-hub/shared/database/row-loader";
import type { LoaderDefinition, RequestContext } from "@alliance-hub/shared/request-context";
import DataLoader from "dataloader";
import type { EntityManager, SelectQueryBuilder } from "typeorm";
import { Project } from "../project/project.entity";
import { whereProjectVisible } from "../project/project-visibility";
import { Milestone } from "./milestone.entity";

/** Milestones of projects that the caller may see, as `milestone`. */
export function selectMilestones(manager: EntityManager, context: RequestContext): SelectQueryBuilder<Milestone> {
  const query = manager
    .createQueryBuilder(Milestone, "milestone")
    .innerJoin(Project, "project", "project.id = milestone.projectId");
  return whereProjectVisible(query, context);
}

/** A milestone by id; null when there is none or the caller may not see its project. */
export const milestoneByIdLoader: LoaderDefinition<string, Milestone | null> = {
  create: (context) =>
    new DataLoader(async (ids) => {
      const milestones = await selectMilestones(context.database.manager, context)
        .andWhere("milestone.id IN (:...ids)", { ids })
        .getMany();
      const byId = new Map(milestones.map((milestone) => [milestone.id, milestone]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
};

/** Of a project that the caller was already shown. */
export const milestonesOfProjectLoader = childrenLoader(Milestone, "projectId", { dueOn: "ASC", id: "ASC" });
