import { registerEnumType } from "type-graphql";

/** How fast help must come. */
export enum Urgency {
  LIFE_SAVING = "LIFE_SAVING",
  URGENT = "URGENT",
  NORMAL = "NORMAL",
  DEVELOPMENT = "DEVELOPMENT",
}

export interface UrgencyEntry {
  /** Days from publication to expiry. */
  readonly expiryDays: number;
  /** Hours that one step of verification may take. */
  readonly stepHours: number;
  readonly hasPublicNotice: boolean;
}

export const URGENCIES: Readonly<Record<Urgency, UrgencyEntry>> = {
  LIFE_SAVING: { expiryDays: 3, stepHours: 12, hasPublicNotice: false },
  URGENT: { expiryDays: 14, stepHours: 48, hasPublicNotice: true },
  NORMAL: { expiryDays: 90, stepHours: 120, hasPublicNotice: true },
  DEVELOPMENT: { expiryDays: 365, stepHours: 240, hasPublicNotice: true },
};

registerEnumType(Urgency, { name: "Urgency", description: "How fast help must come." });
