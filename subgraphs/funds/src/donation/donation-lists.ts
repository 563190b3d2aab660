import { registerEnumType } from "type-graphql";

export enum DonationKind {
  DONATION = "DONATION",
  GRANT = "GRANT",
  IN_KIND = "IN_KIND",
}

registerEnumType(DonationKind, {
  name: "DonationKind",
  description: "DONATION: money of society. GRANT: money of government. IN_KIND: goods, with their value as amount.",
});
