import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import { Donation } from "./donation.entity";

/** Order of every list of donations: the newest first. */
export const DONATIONS_BY_RECEIPT: SortOrder<Donation> = {
  name: "donation.receivedAt",
  direction: "DESC",
  expression: "donation.receivedAt",
  sqlType: "timestamptz",
  keyOf: (donation) => donation.receivedAt.toISOString(),
};

export const donationByIdLoader = rowLoader(Donation, "id");

/** The donations that a fund received, anonymous ones included: they name no donor. */
export const donationsOfFundLoader = pageLoader<Donation, null>({
  order: DONATIONS_BY_RECEIPT,
  query: (manager) => manager.createQueryBuilder(Donation, "donation"),
  parentExpression: "donation.fundId",
});

/** The donations that an organization gave by name. An anonymous one in its list or count would give the donor away. */
export const donationsOfDonorLoader = pageLoader<Donation, null>({
  order: DONATIONS_BY_RECEIPT,
  query: (manager) => manager.createQueryBuilder(Donation, "donation").where("NOT donation.anonymous"),
  parentExpression: "donation.donorOrganizationId",
});
