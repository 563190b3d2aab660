import { isStaff } from "@alliance-hub/shared/caller";
import { requireGlobalId } from "@alliance-hub/shared/global-id";
import { HubError } from "@alliance-hub/shared/hub-error";
import { listCoveringDivisions } from "@alliance-hub/shared/identifiers/division-code";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { SelectQueryBuilder } from "typeorm";
import { Membership } from "../membership/membership.entity";
import { Organization } from "./organization.entity";
import type { OrganizationFilter } from "./organization.input";
import { organizationByIdLoader } from "./organization.loader";
import { Scale } from "./organization-lists";

const BY_NAME: SortOrder<Organization> = {
  name: "organization.legalName",
  direction: "ASC",
  expression: "organization.legalName",
  sqlType: "text",
  keyOf: (organization) => organization.legalName,
};

/** SQL of the scale; thresholds as scaleOf() has them. */
const SCALE_SQL = `CASE
  WHEN organization.yearlyIncomeMinor >= 1000000000 OR organization.staffCount >= 50 THEN 'LARGE'
  WHEN organization.yearlyIncomeMinor >= 100000000 OR organization.staffCount >= 10 THEN 'MEDIUM'
  ELSE 'SMALL' END`;

/** One organization by id or by credit code. @throws HubError BAD_USER_INPUT unless exactly one of them is given */
export function findOrganization(
  context: RequestContext,
  by: { readonly id?: string | null; readonly uscc?: string | null },
): Promise<Organization | null> {
  if (by.id != null && by.uscc == null) {
    requireGlobalId(by.id, "Organization", "id");
    return context.loader(organizationByIdLoader).load(by.id);
  }
  if (by.uscc != null && by.id == null) {
    return context.database.manager.findOneBy(Organization, { uscc: by.uscc });
  }
  throw new HubError("BAD_USER_INPUT", "Give either id or uscc.", { fields: ["id", "uscc"] });
}

/** Organizations of the registry by legal name. */
export function listOrganizations(
  context: RequestContext,
  filter: OrganizationFilter,
  page: PageRequest,
): Promise<Page<Organization>> {
  return readPage(
    () => applyFilter(context.database.manager.createQueryBuilder(Organization, "organization"), filter),
    BY_NAME,
    page,
  );
}

/** How large an organization is: 10 million or 1 million yuan a year, 50 or 10 people. The alliance's own thresholds. */
export function scaleOf(organization: Organization): Scale {
  const income = BigInt(organization.yearlyIncomeMinor ?? 0);
  const staff = organization.staffCount ?? 0;
  if (income >= 1_000_000_000n || staff >= 50) {
    return Scale.LARGE;
  }
  return income >= 100_000_000n || staff >= 10 ? Scale.MEDIUM : Scale.SMALL;
}

/** The contact is class P1: signed-in staff only. */
export function contactFor(context: RequestContext, organization: Organization): string | null {
  return isStaff(context.caller) ? organization.contact : null;
}

function applyFilter(
  query: SelectQueryBuilder<Organization>,
  filter: OrganizationFilter,
): SelectQueryBuilder<Organization> {
  if (filter.type != null) {
    query.andWhere("organization.type = :type", { type: filter.type });
  }
  if (filter.area != null) {
    query.andWhere("organization.serviceAreaCodes && :areas", { areas: listCoveringDivisions(filter.area) });
  }
  if (filter.scale != null) {
    query.andWhere(`${SCALE_SQL} = :scale`, { scale: filter.scale });
  }
  if (filter.grade != null) {
    query.andWhere("organization.grade = :grade", { grade: filter.grade });
  }
  if (filter.membershipStatus != null) {
    const members = query
      .subQuery()
      .select("membership.organizationId")
      .from(Membership, "membership")
      .where("membership.status = :membershipStatus", { membershipStatus: filter.membershipStatus });
    query.andWhere(`organization.id IN ${members.getQuery()}`).setParameters(members.getParameters());
  }
  return query;
}
