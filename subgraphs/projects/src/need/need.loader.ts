import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import { PlannedNeed } from "../planned-need/planned-need.entity";
import type { Project } from "../project/project.entity";
import { selectProjects } from "../project/project.loader";
import { BY_CREATION } from "../project/project-order";

/** Pages of the projects that plan to answer needs. */
export const projectsOfNeedLoader = pageLoader<Project, null>({
  order: BY_CREATION,
  query: selectProjects,
  parentExpression: "planned.need_id",
  joinParents: (query, needs) => {
    query.innerJoin(PlannedNeed, "planned", "planned.project_id = project.id AND planned.need_id IN (:...needs)", {
      needs,
    });
  },
});
