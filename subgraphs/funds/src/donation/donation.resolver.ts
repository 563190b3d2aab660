import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Fund } from "../fund/fund.entity";
import { findFundOfRow } from "../fund/fund.service";
import { Organization } from "../organization/organization.stub";
import { Donation } from "./donation.entity";
import { DonationFilter } from "./donation.input";
import { donorOf, earmarkOf, findDonation, goodsOf, listDonations } from "./donation.service";
import { DonatedGoods, DonationEarmark } from "./donation-parts";

export const DonationConnection = makeConnectionType("Donation", () => Donation);

@Resolver(() => Donation)
export class DonationResolver {
  @Query(() => Donation, { nullable: true, description: "One donation by id." })
  donation(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Donation | null> {
    return findDonation(context, id);
  }

  @Query(() => DonationConnection, { description: "Donations, the newest first." })
  donations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => DonationFilter, { nullable: true }) filter?: DonationFilter | null,
  ): Promise<Page<Donation>> {
    return listDonations(context, filter ?? {}, readPageArgs(page));
  }

  @FieldResolver(() => Fund)
  fund(@Root() donation: Donation, @Ctx() context: RequestContext): Promise<Fund> {
    return findFundOfRow(context, donation);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization that gave it; null for persons, and for everyone when the donation is anonymous.",
  })
  donorOrganization(@Root() donation: Donation): Organization | null {
    return donorOf(donation);
  }

  @FieldResolver(() => DonatedGoods, { nullable: true, description: "The goods of a donation in kind." })
  goods(@Root() donation: Donation): DonatedGoods | null {
    return goodsOf(donation);
  }

  @FieldResolver(() => DonationEarmark, { nullable: true, description: "What it must be used for; null for no wish." })
  earmark(@Root() donation: Donation): DonationEarmark | null {
    return earmarkOf(donation);
  }
}
