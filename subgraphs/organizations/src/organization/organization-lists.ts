import { registerEnumType } from "type-graphql";

export enum OrganizationStatus {
  PENDING = "PENDING",
  REGISTERED = "REGISTERED",
  REFUSED = "REFUSED",
}

registerEnumType(OrganizationStatus, {
  name: "OrganizationStatus",
  description: "PENDING until the alliance has registered the credit code, or refused it.",
});

export enum Scale {
  LARGE = "LARGE",
  MEDIUM = "MEDIUM",
  SMALL = "SMALL",
}

registerEnumType(Scale, {
  name: "Scale",
  description: "LARGE: yearly income from 10 million yuan or staff from 50; MEDIUM: from 1 million or 10; else SMALL.",
});

export enum RegulatoryStatus {
  NORMAL = "NORMAL",
  ABNORMAL_LIST = "ABNORMAL_LIST",
  SERIOUS_BREACH_LIST = "SERIOUS_BREACH_LIST",
  DEREGISTERED = "DEREGISTERED",
}

registerEnumType(RegulatoryStatus, {
  name: "RegulatoryStatus",
  description: "Standing with the registration authority.",
});

export enum Grade {
  A1 = "A1",
  A2 = "A2",
  A3 = "A3",
  A4 = "A4",
  A5 = "A5",
}

registerEnumType(Grade, { name: "Grade", description: "Official grade of a social organization; A5 is the best." });
