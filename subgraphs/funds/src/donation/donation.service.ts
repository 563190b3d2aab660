import { requireGlobalId } from "@alliance-hub/shared/global-id";
import { invariant } from "@alliance-hub/shared/invariant";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { makeOrganization, type Organization } from "../organization/organization.stub";
import { makeProject } from "../project/project.stub";
import { Donation } from "./donation.entity";
import type { DonationFilter } from "./donation.input";
import { DONATIONS_BY_RECEIPT, donationByIdLoader } from "./donation.loader";
import { DonatedGoods, DonationEarmark } from "./donation-parts";

/** One donation. @throws HubError BAD_USER_INPUT for the id of another type */
export function findDonation(context: RequestContext, id: string): Promise<Donation | null> {
  requireGlobalId(id, "Donation", "id");
  return context.loader(donationByIdLoader).load(id);
}

/** Donations, the newest first. @throws HubError BAD_USER_INPUT for ids of other types */
export function listDonations(
  context: RequestContext,
  filter: DonationFilter,
  page: PageRequest,
): Promise<Page<Donation>> {
  if (filter.fund != null) {
    requireGlobalId(filter.fund, "Fund", "filter.fund");
  }
  if (filter.donorOrganization != null) {
    requireGlobalId(filter.donorOrganization, "Organization", "filter.donorOrganization");
  }
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(Donation, "donation");
      if (filter.fund != null) {
        query.andWhere("donation.fundId = :fund", { fund: filter.fund });
      }
      if (filter.kind != null) {
        query.andWhere("donation.kind = :kind", { kind: filter.kind });
      }
      if (filter.donorOrganization != null) {
        // Without the second condition a guess of the donor would be answered by the rows that come back.
        query.andWhere("donation.donorOrganizationId = :donor AND NOT donation.anonymous", {
          donor: filter.donorOrganization,
        });
      }
      return query;
    },
    DONATIONS_BY_RECEIPT,
    page,
  );
}

/** Who gave it; nobody learns that of an anonymous donation here. */
export function donorOf(donation: Donation): Organization | null {
  const { anonymous, donorOrganizationId } = donation;
  return anonymous || donorOrganizationId === null ? null : makeOrganization(donorOrganizationId);
}

/** The goods of a donation in kind. */
export function goodsOf(donation: Donation): DonatedGoods | null {
  const { goodsItemCode: itemCode, goodsUnit: unit, goodsQuantity: quantity } = donation;
  if (unit === null) {
    return null;
  }
  invariant(quantity !== null, `donation ${donation.id} has goods without a quantity`);
  return Object.assign(new DonatedGoods(), { itemCode, unit, quantity });
}

/** What the donor wants the money used for; null for anything within the fund's restriction. */
export function earmarkOf(donation: Donation): DonationEarmark | null {
  const { earmarkCategory: category, earmarkDivisionPrefix: divisionPrefix, earmarkProjectId: projectId } = donation;
  if (category === null && divisionPrefix === null && projectId === null) {
    return null;
  }
  return Object.assign(new DonationEarmark(), {
    category,
    divisionPrefix,
    project: projectId === null ? null : makeProject(projectId),
  });
}
