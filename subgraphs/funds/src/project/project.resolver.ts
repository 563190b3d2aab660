import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { fundingOfProjectLoader } from "../funding/funding.loader";
import { FundingLine } from "../funding/funding-line";
import { Project } from "./project.stub";

/** What funds add to a project. */
@Resolver(() => Project)
export class ProjectResolver {
  @FieldResolver(() => [FundingLine], {
    nullable: true,
    description: "What funds give to it, one line a fund, by the fund's id; funds that give nothing are left out.",
  })
  funding(@Root() project: Project, @Ctx() context: RequestContext): Promise<FundingLine[]> {
    return context.loader(fundingOfProjectLoader).load(project.id);
  }
}
