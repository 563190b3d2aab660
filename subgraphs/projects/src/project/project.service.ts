import { requireGlobalId } from "@alliance-hub/shared/global-id";
import { boundsOfDivision, listCoveringDivisions } from "@alliance-hub/shared/identifiers/division-code";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { SelectQueryBuilder } from "typeorm";
import type { Project } from "./project.entity";
import type { ProjectFilter } from "./project.input";
import { projectByIdLoader, selectProjects } from "./project.loader";
import { BY_CREATION } from "./project-order";

/** One project that the caller may see. @throws HubError BAD_USER_INPUT */
export function findProject(context: RequestContext, id: string): Promise<Project | null> {
  requireGlobalId(id, "Project", "id");
  return context.loader(projectByIdLoader).load(id);
}

/** Projects that the caller may see, the newest first. @throws HubError BAD_USER_INPUT */
export async function listProjects(
  context: RequestContext,
  filter: ProjectFilter,
  page: PageRequest,
): Promise<Page<Project>> {
  if (filter.organization != null) {
    requireGlobalId(filter.organization, "Organization", "organization");
  }
  return readPage(() => applyFilter(selectProjects(context.database.manager, context), filter), BY_CREATION, page);
}

function applyFilter(query: SelectQueryBuilder<Project>, filter: ProjectFilter): SelectQueryBuilder<Project> {
  if (filter.divisionPrefix != null) {
    query.andWhere(
      `EXISTS (SELECT FROM project_location location WHERE location.project_id = project.id AND
        (location.division_code IN (:...covering) OR
         (location.division_code >= :from AND location.division_code < :below)))`,
      { covering: listCoveringDivisions(filter.divisionPrefix), ...boundsOfDivision(filter.divisionPrefix) },
    );
  }
  if (filter.category != null) {
    query.andWhere("project.category = :category", { category: filter.category });
  }
  if (filter.status != null) {
    query.andWhere("project.status = :status", { status: filter.status });
  }
  if (filter.organization != null) {
    query.andWhere(
      `(project.leadOrganizationId = :organization OR EXISTS (SELECT FROM project_partner partner
        WHERE partner.project_id = project.id AND partner.organization_id = :organization))`,
      { organization: filter.organization },
    );
  }
  return query;
}
