import type { LoaderDefinition, RequestContext } from "@alliance-hub/shared/request-context";
import DataLoader from "dataloader";
import type { EntityManager, SelectQueryBuilder } from "typeorm";
import { Project } from "./project.entity";
import { whereProjectVisible } from "./project-visibility";

/** Projects that the caller may see, as `project`. */
export function selectProjects(manager: EntityManager, context: RequestContext): SelectQueryBuilder<Project> {
  return whereProjectVisible(manager.createQueryBuilder(Project, "project"), context);
}

/** A project by id; null when there is none or the caller may not see it. */
export const projectByIdLoader: LoaderDefinition<string, Project | null> = {
  create: (context) =>
    new DataLoader(async (ids) => {
      const projects = await selectProjects(context.database.manager, context)
        .andWhere("project.id IN (:...ids)", { ids })
        .getMany();
      const byId = new Map(projects.map((project) => [project.id, project]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
};
