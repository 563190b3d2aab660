import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { historyLoader } from "@alliance-hub/shared/database/record-history";
import type { Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { ProjectLocation } from "../location/project-location.entity";
import { locationsOfProjectLoader } from "../location/project-location.loader";
import { Milestone } from "../milestone/milestone.entity";
import { milestonesOfProjectLoader } from "../milestone/milestone.loader";
import { Organization, referToOrganization } from "../organization/organization.stub";
import { ProjectPartner } from "../partner/project-partner.entity";
import { partnersOfProjectLoader } from "../partner/project-partner.loader";
import { PlannedNeed } from "../planned-need/planned-need.entity";
import { plannedNeedsOfProjectLoader } from "../planned-need/planned-need.loader";
import { Project } from "./project.entity";
import { ProjectFilter } from "./project.input";
import { findProject, listProjects } from "./project.service";
import { ProjectConnection } from "./project-connection";

@Resolver(() => Project)
export class ProjectResolver {
  @Query(() => Project, { nullable: true, description: "One project by id; the public sees it from UNDER_REVIEW on." })
  project(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Project | null> {
    return findProject(context, id);
  }

  @Query(() => ProjectConnection, {
    description:
      "Projects, the newest row first (createdAt, id); planned dates may be open and so are no sort key. The public sees a project from UNDER_REVIEW on.",
  })
  projects(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => ProjectFilter, { nullable: true }) filter?: ProjectFilter | null,
  ): Promise<Page<Project>> {
    return listProjects(context, filter ?? {}, readPageArgs(page));
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "Answers for the project; its member owns the row.",
  })
  leadOrganization(@Root() project: Project): Organization | null {
    return referToOrganization(project.leadOrganizationId);
  }

  @FieldResolver(() => [ProjectPartner], { description: "Organizations that take part, by role." })
  partners(@Root() project: Project, @Ctx() context: RequestContext): Promise<ProjectPartner[]> {
    return context.loader(partnersOfProjectLoader).load(project.id);
  }

  @FieldResolver(() => [ProjectLocation], { description: "Where it works, the largest share first." })
  locations(@Root() project: Project, @Ctx() context: RequestContext): Promise<ProjectLocation[]> {
    return context.loader(locationsOfProjectLoader).load(project.id);
  }

  @FieldResolver(() => [PlannedNeed], { description: "Needs that it plans to answer." })
  plannedNeeds(@Root() project: Project, @Ctx() context: RequestContext): Promise<PlannedNeed[]> {
    return context.loader(plannedNeedsOfProjectLoader).load(project.id);
  }

  @FieldResolver(() => [Milestone], { description: "What it owes by which day, the earliest first." })
  milestones(@Root() project: Project, @Ctx() context: RequestContext): Promise<Milestone[]> {
    return context.loader(milestonesOfProjectLoader).load(project.id);
  }

  @FieldResolver(() => [HistoryEntry], { description: "Its changes, oldest first." })
  history(@Root() project: Project, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return context.loader(historyLoader).load(project.id);
  }
}
