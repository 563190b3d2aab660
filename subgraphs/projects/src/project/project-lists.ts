import { registerEnumType } from "type-graphql";

export enum ProjectModality {
  RELIEF = "RELIEF",
  DEVELOPMENT = "DEVELOPMENT",
  MIXED = "MIXED",
}

registerEnumType(ProjectModality, {
  name: "ProjectModality",
  description: "Whether a project relieves, develops or both.",
});

export enum ProjectStatus {
  PROPOSED = "PROPOSED",
  UNDER_REVIEW = "UNDER_REVIEW",
  APPROVED = "APPROVED",
  REJECTED = "REJECTED",
  FUNDED = "FUNDED",
  IN_PROGRESS = "IN_PROGRESS",
  COMPLETED = "COMPLETED",
  IN_FOLLOW_UP = "IN_FOLLOW_UP",
  CLOSED = "CLOSED",
  SUSPENDED = "SUSPENDED",
  CANCELLED = "CANCELLED",
}

registerEnumType(ProjectStatus, { name: "ProjectStatus", description: "State of a project." });
