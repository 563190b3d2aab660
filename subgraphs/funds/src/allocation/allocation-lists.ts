import { registerEnumType } from "type-graphql";

export enum AllocationStatus {
  REQUESTED = "REQUESTED",
  RESERVED = "RESERVED",
  APPROVED = "APPROVED",
  COMMITTED = "COMMITTED",
  PARTLY_DISBURSED = "PARTLY_DISBURSED",
  DISBURSED = "DISBURSED",
  SETTLED = "SETTLED",
  REJECTED = "REJECTED",
  CANCELLED = "CANCELLED",
  EXPIRED = "EXPIRED",
  RELEASED = "RELEASED",
}

registerEnumType(AllocationStatus, {
  name: "AllocationStatus",
  description: "State of an allocation. RELEASED: what was not paid went back to the fund.",
});

/** INVESTMENT belongs to the second build. */
export enum AllocationTargetKind {
  MATCH = "MATCH",
  BUDGET_LINE = "BUDGET_LINE",
  CONTRACT = "CONTRACT",
  MANAGEMENT_COST = "MANAGEMENT_COST",
  FUND_TRANSFER = "FUND_TRANSFER",
}

registerEnumType(AllocationTargetKind, { name: "AllocationTargetKind", description: "What an allocation pays for." });

/** The line of a category (`SupportLine` of the category list) as GraphQL knows it. */
export enum AllocationLine {
  L = "L",
  D = "D",
}

registerEnumType(AllocationLine, { name: "AllocationLine", description: "L livelihood, D development." });

/** States in which an allocation's amount is held in the fund and not yet promised for good (INV-03). */
export const RESERVED_STATES: readonly AllocationStatus[] = [AllocationStatus.RESERVED, AllocationStatus.APPROVED];

/** States in which part of the amount may still be unpaid (INV-03). */
export const UNPAID_STATES: readonly AllocationStatus[] = [
  AllocationStatus.COMMITTED,
  AllocationStatus.PARTLY_DISBURSED,
];

/** States from the commitment on, in which the target counts on the whole amount. */
export const COMMITTED_STATES: readonly AllocationStatus[] = [
  ...UNPAID_STATES,
  AllocationStatus.DISBURSED,
  AllocationStatus.SETTLED,
];
