import { registerEnumType } from "type-graphql";

export enum MilestoneStatus {
  SCHEDULED = "SCHEDULED",
  MET = "MET",
  PARTLY_MET = "PARTLY_MET",
  NOT_MET = "NOT_MET",
  WAIVED = "WAIVED",
}

registerEnumType(MilestoneStatus, { name: "MilestoneStatus", description: "What became of a milestone." });
