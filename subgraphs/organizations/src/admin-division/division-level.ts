import { registerEnumType } from "type-graphql";

/** Level of an administrative division. */
export enum DivisionLevel {
  PROVINCE = "PROVINCE",
  CITY = "CITY",
  COUNTY = "COUNTY",
  TOWNSHIP = "TOWNSHIP",
  VILLAGE = "VILLAGE",
}

registerEnumType(DivisionLevel, { name: "DivisionLevel", description: "Level of an administrative division." });

/** Standing of a division in the national programme. */
export enum PriorityStatus {
  NATIONAL_KEY_COUNTY = "NATIONAL_KEY_COUNTY",
  PROVINCIAL_KEY_COUNTY = "PROVINCIAL_KEY_COUNTY",
  POOR_VILLAGE = "POOR_VILLAGE",
  LIFTED = "LIFTED",
  NONE = "NONE",
}

registerEnumType(PriorityStatus, {
  name: "PriorityStatus",
  description: "Standing of a division in the poverty-alleviation programme.",
});
