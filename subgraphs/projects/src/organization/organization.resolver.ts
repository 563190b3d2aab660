import type { Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { PartnerRole } from "../partner/partner-role";
import type { Project } from "../project/project.entity";
import { ProjectConnection } from "../project/project-connection";
import { projectsOfOrganizationLoader } from "./organization.loader";
import { Organization } from "./organization.stub";

@Resolver(() => Organization)
export class OrganizationResolver {
  @FieldResolver(() => ProjectConnection, {
    nullable: true,
    description:
      "Projects that it leads or takes part in, the newest first; with a role, those where it has that role.",
  })
  projects(
    @Root() organization: Organization,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("role", () => PartnerRole, { nullable: true }) role?: PartnerRole | null,
  ): Promise<Page<Project>> {
    return context
      .loader(projectsOfOrganizationLoader)
      .load({ parent: organization.id, page: readPageArgs(page), filter: { role: role ?? null } });
  }
}
