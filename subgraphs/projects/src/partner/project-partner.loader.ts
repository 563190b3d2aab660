import { childrenLoader } from "@alliance-hub/shared/database/row-loader";
import { ProjectPartner } from "./project-partner.entity";

export const partnersOfProjectLoader = childrenLoader(ProjectPartner, "projectId", {
  role: "ASC",
  organizationId: "ASC",
});
