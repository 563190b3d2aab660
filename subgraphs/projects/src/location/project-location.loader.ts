import { childrenLoader } from "@alliance-hub/shared/database/row-loader";
import { ProjectLocation } from "./project-location.entity";

export const locationsOfProjectLoader = childrenLoader(ProjectLocation, "projectId", {
  shareBp: "DESC",
  divisionCode: "ASC",
});
