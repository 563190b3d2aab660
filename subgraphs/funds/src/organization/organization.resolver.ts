import type { Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Donation } from "../donation/donation.entity";
import { donationsOfDonorLoader } from "../donation/donation.loader";
import { DonationConnection } from "../donation/donation.resolver";
import type { Fund } from "../fund/fund.entity";
import { fundsOfManagerLoader } from "../fund/fund.loader";
import { FundConnection } from "../fund/fund.resolver";
import { Organization } from "./organization.stub";

/** What funds add to an organization. */
@Resolver(() => Organization)
export class OrganizationResolver {
  @FieldResolver(() => FundConnection, { nullable: true, description: "Funds that it manages, by name." })
  fundsManaged(
    @Root() organization: Organization,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Fund>> {
    return context
      .loader(fundsOfManagerLoader)
      .load({ parent: organization.id, page: readPageArgs(page), filter: null });
  }

  @FieldResolver(() => DonationConnection, {
    nullable: true,
    description: "What it gave under its name, the newest first; never anonymous donations.",
  })
  donationsGiven(
    @Root() organization: Organization,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Donation>> {
    const ask = { parent: organization.id, page: readPageArgs(page), filter: null };
    return context.loader(donationsOfDonorLoader).load(ask);
  }
}
