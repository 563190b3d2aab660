import type { Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Need } from "../need/need.entity";
import { NeedConnection } from "../need/need.resolver";
import { listPublishedNeedsOf } from "../need/need.service";
import { AdminDivision } from "./admin-division.stub";

@Resolver(() => AdminDivision)
export class AdminDivisionResolver {
  @FieldResolver(() => NeedConnection, {
    nullable: true,
    description:
      "Published needs in the division and below it, the newest publication first; those of a village for staff only.",
  })
  publishedNeeds(
    @Root() division: AdminDivision,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Need>> | null {
    return listPublishedNeedsOf(context, division.code, readPageArgs(page));
  }
}
