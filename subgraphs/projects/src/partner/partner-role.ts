import { registerEnumType } from "type-graphql";

/** What a partner does in a project: codes 1 to 4 of IATI's OrganisationRole list. A value is never reused. */
export enum PartnerRole {
  FUNDING = "FUNDING",
  ACCOUNTABLE = "ACCOUNTABLE",
  EXTENDING = "EXTENDING",
  IMPLEMENTING = "IMPLEMENTING",
}

registerEnumType(PartnerRole, {
  name: "PartnerRole",
  description: "What a partner does in a project (IATI organisation roles 1 to 4).",
});
