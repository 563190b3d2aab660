import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { historyLoader } from "@alliance-hub/shared/database/record-history";
import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { AdminDivision, makeDivision } from "../admin-division/admin-division.stub";
import type { Allocation } from "../allocation/allocation.entity";
import { allocationsOfFundLoader } from "../allocation/allocation.loader";
import { AllocationConnection } from "../allocation/allocation.resolver";
import type { Donation } from "../donation/donation.entity";
import { donationsOfFundLoader } from "../donation/donation.loader";
import { DonationConnection } from "../donation/donation.resolver";
import { makeOrganization, Organization } from "../organization/organization.stub";
import { Fund, FundRestriction } from "./fund.entity";
import { FundFilter } from "./fund.input";
import { findFund, listFunds } from "./fund.service";
import { FundBalances } from "./fund-balances";
import { fundBalancesLoader } from "./fund-balances.loader";

export const FundConnection = makeConnectionType("Fund", () => Fund);

@Resolver(() => Fund)
export class FundResolver {
  @Query(() => Fund, { nullable: true, description: "One fund by id." })
  fund(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Fund | null> {
    return findFund(context, id);
  }

  @Query(() => FundConnection, { description: "Funds by name." })
  funds(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => FundFilter, { nullable: true }) filter?: FundFilter | null,
  ): Promise<Page<Fund>> {
    return listFunds(context, filter ?? {}, readPageArgs(page));
  }

  @FieldResolver(() => Organization, { nullable: true, description: "Asks for allocations and payments." })
  manager(@Root() fund: Fund): Organization {
    return makeOrganization(fund.managerId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: "Holds the money, approves and pays." })
  custodian(@Root() fund: Fund): Organization {
    return makeOrganization(fund.custodianId);
  }

  @FieldResolver(() => [Organization], {
    nullable: true,
    description: "Approve and may freeze; at least two once active.",
  })
  supervisors(@Root() fund: Fund): Organization[] {
    return fund.supervisorIds.map(makeOrganization);
  }

  @FieldResolver(() => FundBalances, {
    description: "Where its money is now, computed from its donations and allocations.",
  })
  balances(@Root() fund: Fund, @Ctx() context: RequestContext): Promise<FundBalances> {
    return context.loader(fundBalancesLoader).load(fund.id);
  }

  @FieldResolver(() => DonationConnection, { description: "What it received, the newest first." })
  donations(
    @Root() fund: Fund,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Donation>> {
    return context.loader(donationsOfFundLoader).load({ parent: fund.id, page: readPageArgs(page), filter: null });
  }

  @FieldResolver(() => AllocationConnection, { description: "What its money is given to, the newest first." })
  allocations(
    @Root() fund: Fund,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Allocation>> {
    return context.loader(allocationsOfFundLoader).load({ parent: fund.id, page: readPageArgs(page), filter: null });
  }

  @FieldResolver(() => [HistoryEntry], { description: "Its changes, oldest first." })
  history(@Root() fund: Fund, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return context.loader(historyLoader).load(fund.id);
  }
}

@Resolver(() => FundRestriction)
export class FundRestrictionResolver {
  @FieldResolver(() => [AdminDivision], { description: "A division stands for all below it." })
  areas(@Root() restriction: FundRestriction): AdminDivision[] {
    return restriction.areaCodes.map(makeDivision);
  }
}
