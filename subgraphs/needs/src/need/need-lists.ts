import { registerEnumType } from "type-graphql";

export enum NeedStatus {
  DRAFT = "DRAFT",
  SUBMITTED = "SUBMITTED",
  VERIFIED_VILLAGE = "VERIFIED_VILLAGE",
  VERIFIED_TOWNSHIP = "VERIFIED_TOWNSHIP",
  VERIFIED_COUNTY = "VERIFIED_COUNTY",
  VERIFIED_CITY = "VERIFIED_CITY",
  RETURNED = "RETURNED",
  PUBLISHED = "PUBLISHED",
  SUSPENDED = "SUSPENDED",
  FULFILLED = "FULFILLED",
  CLOSED = "CLOSED",
  REJECTED_FALSE = "REJECTED_FALSE",
  WITHDRAWN = "WITHDRAWN",
  EXPIRED = "EXPIRED",
  MERGED = "MERGED",
}

registerEnumType(NeedStatus, {
  name: "NeedStatus",
  description:
    "State of a need. The public sees a need while it is PUBLISHED, SUSPENDED, FULFILLED, CLOSED or EXPIRED.",
});

export enum NeedOrigin {
  HOUSEHOLD = "HOUSEHOLD",
  OFFICER = "OFFICER",
  ORGANIZATION = "ORGANIZATION",
  IMPORT = "IMPORT",
}

registerEnumType(NeedOrigin, { name: "NeedOrigin", description: "Who brought a need forward." });

export enum CoverageLevel {
  NONE = "NONE",
  PARTIAL = "PARTIAL",
  FULL = "FULL",
}

registerEnumType(CoverageLevel, {
  name: "CoverageLevel",
  description: "NONE: nothing is committed. FULL: every item is committed in its whole quantity. PARTIAL: in between.",
});
