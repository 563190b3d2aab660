import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Fund } from "../fund/fund.entity";
import { findFundOfRow } from "../fund/fund.service";
import { FundingLine } from "./funding-line";

@Resolver(() => FundingLine)
export class FundingLineResolver {
  @FieldResolver(() => Fund)
  fund(@Root() line: FundingLine, @Ctx() context: RequestContext): Promise<Fund> {
    return findFundOfRow(context, line);
  }
}
