import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { UsccScalar } from "@alliance-hub/shared/scalars/uscc.scalar";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { AdminDivision } from "../admin-division/admin-division.entity";
import { divisionByCodeLoader } from "../admin-division/admin-division.loader";
import { Membership } from "../membership/membership.entity";
import { membershipsOfOrganizationLoader } from "../membership/membership.loader";
import { Organization } from "./organization.entity";
import { OrganizationFilter } from "./organization.input";
import { organizationByIdLoader } from "./organization.loader";
import { contactFor, findOrganization, listOrganizations, scaleOf } from "./organization.service";
import { Scale } from "./organization-lists";

const OrganizationConnection = makeConnectionType("Organization", () => Organization);

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, { nullable: true, description: "One organization by id or by credit code." })
  organization(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { nullable: true }) id?: string | null,
    @Arg("uscc", () => UsccScalar, { nullable: true }) uscc?: string | null,
  ): Promise<Organization | null> {
    return findOrganization(context, { id, uscc });
  }

  @Query(() => OrganizationConnection, { description: "Organizations of the registry by legal name." })
  organizations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => OrganizationFilter, { nullable: true }) filter?: OrganizationFilter | null,
  ): Promise<Page<Organization>> {
    return listOrganizations(context, filter ?? {}, readPageArgs(page));
  }

  @FieldResolver(() => AdminDivision, { nullable: true, description: "Where it is registered." })
  registeredAt(
    @Root() organization: Organization,
    @Ctx() context: RequestContext,
  ): Promise<AdminDivision | null> | null {
    const { registeredAtCode } = organization;
    return registeredAtCode === null ? null : context.loader(divisionByCodeLoader).load(registeredAtCode);
  }

  @FieldResolver(() => [AdminDivision], { description: "Where it works; a division stands for all below it." })
  async serviceArea(@Root() organization: Organization, @Ctx() context: RequestContext): Promise<AdminDivision[]> {
    const divisions = await context.loader(divisionByCodeLoader).loadMany(organization.serviceAreaCodes);
    return divisions.filter((division): division is AdminDivision => division instanceof AdminDivision);
  }

  @FieldResolver(() => Scale, { description: "Computed from yearly income and staff." })
  scale(@Root() organization: Organization): Scale {
    return scaleOf(organization);
  }

  @FieldResolver(() => Organization, { nullable: true, description: "Answers for a group that is not registered." })
  sponsor(@Root() organization: Organization, @Ctx() context: RequestContext): Promise<Organization | null> | null {
    return organization.sponsorId === null ? null : context.loader(organizationByIdLoader).load(organization.sponsorId);
  }

  @FieldResolver(() => String, { nullable: true, description: "How to reach it; shown to signed-in staff of members." })
  contact(@Root() organization: Organization, @Ctx() context: RequestContext): string | null {
    return contactFor(context, organization);
  }

  @FieldResolver(() => [Membership], { description: "Its memberships of the alliance, oldest first." })
  memberships(@Root() organization: Organization, @Ctx() context: RequestContext): Promise<Membership[]> {
    return context.loader(membershipsOfOrganizationLoader).load(organization.id);
  }
}
