import type { Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Project } from "../project/project.entity";
import { ProjectConnection } from "../project/project-connection";
import { projectsInsideDivisionLoader } from "./admin-division.loader";
import { AdminDivision } from "./admin-division.stub";

@Resolver(() => AdminDivision)
export class AdminDivisionResolver {
  @FieldResolver(() => ProjectConnection, {
    nullable: true,
    description: "Projects with a location in the division or below it, the newest first.",
  })
  projects(
    @Root() division: AdminDivision,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Project>> {
    return context
      .loader(projectsInsideDivisionLoader)
      .load({ parent: division.code, page: readPageArgs(page), filter: null });
  }
}
