import { registerEnumType } from "type-graphql";

export enum MembershipTier {
  FULL = "FULL",
  ASSOCIATE = "ASSOCIATE",
  OBSERVER = "OBSERVER",
}

registerEnumType(MembershipTier, { name: "MembershipTier", description: "Kind of membership." });

export enum MembershipStatus {
  APPLIED = "APPLIED",
  ACTIVE = "ACTIVE",
  REJECTED = "REJECTED",
  SUSPENDED = "SUSPENDED",
  WITHDRAWN = "WITHDRAWN",
  EXPELLED = "EXPELLED",
}

registerEnumType(MembershipStatus, { name: "MembershipStatus", description: "State of a membership." });
