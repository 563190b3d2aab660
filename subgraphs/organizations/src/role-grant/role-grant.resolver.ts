import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { RoleGrant } from "./role-grant.entity";
import { listRoleGrants } from "./role-grant.service";
import { Role, RoleGrantStatus } from "./role-grant-lists";

const RoleGrantConnection = makeConnectionType("RoleGrant", () => RoleGrant);

@Resolver(() => RoleGrant)
export class RoleGrantResolver {
  @Query(() => RoleGrantConnection, { description: "Grants, the newest first, for signed-in staff." })
  roleGrants(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("role", () => Role, { nullable: true }) role?: Role | null,
    @Arg("status", () => RoleGrantStatus, { nullable: true }) status?: RoleGrantStatus | null,
  ): Promise<Page<RoleGrant>> {
    return listRoleGrants(context, { role, status }, readPageArgs(page));
  }
}
