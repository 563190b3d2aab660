import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import type { PartnerRole } from "../partner/partner-role";
import { ProjectPartner } from "../partner/project-partner.entity";
import type { Project } from "../project/project.entity";
import { selectProjects } from "../project/project.loader";
import { BY_CREATION } from "../project/project-order";

export interface OrganizationProjectsFilter {
  /** Null: in any role, or as the lead. */
  readonly role: PartnerRole | null;
}

/** Who leads or is partner in any role. UNION: an organization that is both has the project once. */
const ANY_PART_SQL = `(
  SELECT led.id AS project_id, led.lead_organization_id AS organization_id
    FROM project led WHERE led.lead_organization_id IN (:...organizations)
  UNION
  SELECT partner.project_id, partner.organization_id
    FROM project_partner partner WHERE partner.organization_id IN (:...organizations)
)`;

/** Pages of the projects of organizations. */
export const projectsOfOrganizationLoader = pageLoader<Project, OrganizationProjectsFilter>({
  order: BY_CREATION,
  query: selectProjects,
  parentExpression: "part.organization_id",
  joinParents: (query, organizations, { role }) => {
    if (role === null) {
      query.innerJoin(ANY_PART_SQL, "part", "part.project_id = project.id", { organizations });
    } else {
      query.innerJoin(
        ProjectPartner,
        "part",
        "part.project_id = project.id AND part.role = :role AND part.organization_id IN (:...organizations)",
        { role, organizations },
      );
    }
  },
});
