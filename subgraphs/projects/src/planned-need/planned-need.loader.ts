import { childrenLoader } from "@alliance-hub/shared/database/row-loader";
import { PlannedNeed } from "./planned-need.entity";

export const plannedNeedsOfProjectLoader = childrenLoader(PlannedNeed, "projectId", { needId: "ASC" });
