import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Project } from "../project/project.entity";
import { Milestone } from "./milestone.entity";
import { findProjectOfMilestone, listOverdueMilestones } from "./milestone.service";

const MilestoneConnection = makeConnectionType("Milestone", () => Milestone);

@Resolver(() => Milestone)
export class MilestoneResolver {
  @Query(() => MilestoneConnection, {
    description:
      "Milestones still SCHEDULED whose day (Asia/Shanghai) is over, the longest overdue first. Only of projects that the caller may see.",
  })
  overdueMilestones(@Ctx() context: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<Milestone>> {
    return listOverdueMilestones(context, readPageArgs(page));
  }

  @FieldResolver(() => Project)
  project(@Root() milestone: Milestone, @Ctx() context: RequestContext): Promise<Project> {
    return findProjectOfMilestone(context, milestone);
  }
}
