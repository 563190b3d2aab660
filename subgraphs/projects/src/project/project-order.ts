import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { Project } from "./project.entity";

/** The newest first. Not by planned start: a sort key is never null, and a proposal may leave its dates open. */
export const BY_CREATION: SortOrder<Project> = {
  name: "project.createdAt",
  direction: "DESC",
  expression: "project.createdAt",
  sqlType: "timestamptz",
  keyOf: (project) => project.createdAt.toISOString(),
};
