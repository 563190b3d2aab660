import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { fundingOfNeedLoader } from "../funding/funding.loader";
import { FundingLine } from "../funding/funding-line";
import { Need } from "./need.stub";

/** What funds add to a need. */
@Resolver(() => Need)
export class NeedResolver {
  @FieldResolver(() => [FundingLine], {
    nullable: true,
    description: "What funds give to it, one line a fund, by the fund's id; funds that give nothing are left out.",
  })
  funding(@Root() need: Need, @Ctx() context: RequestContext): Promise<FundingLine[]> {
    return context.loader(fundingOfNeedLoader).load(need.id);
  }
}
