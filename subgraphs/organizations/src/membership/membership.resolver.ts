import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Organization } from "../organization/organization.entity";
import { organizationByIdLoader } from "../organization/organization.loader";
import { Membership } from "./membership.entity";
import { listMemberships } from "./membership.service";
import { MembershipStatus } from "./membership-lists";

const MembershipConnection = makeConnectionType("Membership", () => Membership);

@Resolver(() => Membership)
export class MembershipResolver {
  @Query(() => MembershipConnection, { description: "Memberships of the alliance, the oldest first." })
  memberships(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("status", () => MembershipStatus, { nullable: true }) status?: MembershipStatus | null,
  ): Promise<Page<Membership>> {
    return listMemberships(context, status, readPageArgs(page));
  }

  @FieldResolver(() => Organization, { nullable: true })
  organization(@Root() membership: Membership, @Ctx() context: RequestContext): Promise<Organization | null> {
    return context.loader(organizationByIdLoader).load(membership.organizationId);
  }
}
