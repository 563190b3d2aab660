import { registerEnumType } from "type-graphql";

export enum FundKind {
  CHARITABLE = "CHARITABLE",
  SPECIAL_PURPOSE = "SPECIAL_PURPOSE",
  GOVERNMENT_SPECIAL = "GOVERNMENT_SPECIAL",
  INDUSTRIAL_INVESTMENT = "INDUSTRIAL_INVESTMENT",
  EMERGENCY = "EMERGENCY",
}

registerEnumType(FundKind, { name: "FundKind", description: "What kind of money a fund holds." });

export enum FundStatus {
  DRAFT = "DRAFT",
  ACTIVE = "ACTIVE",
  FROZEN = "FROZEN",
  WINDING_UP = "WINDING_UP",
  CLOSED = "CLOSED",
}

registerEnumType(FundStatus, {
  name: "FundStatus",
  description: "State of a fund. FROZEN: money comes in and what was sent is settled, nothing new goes out.",
});
