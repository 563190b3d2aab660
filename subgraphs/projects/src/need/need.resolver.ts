import type { Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Project } from "../project/project.entity";
import { ProjectConnection } from "../project/project-connection";
import { projectsOfNeedLoader } from "./need.loader";
import { Need } from "./need.stub";

@Resolver(() => Need)
export class NeedResolver {
  @FieldResolver(() => ProjectConnection, {
    nullable: true,
    description: "Projects that plan to answer the need, the newest first.",
  })
  projects(
    @Root() need: Need,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Project>> {
    return context.loader(projectsOfNeedLoader).load({ parent: need.id, page: readPageArgs(page), filter: null });
  }
}
