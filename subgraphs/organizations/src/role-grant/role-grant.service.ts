import { isStaff, requireStaff } from "@alliance-hub/shared/caller";
import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { RoleGrant } from "./role-grant.entity";
import type { Role, RoleGrantStatus } from "./role-grant-lists";

export interface RoleGrantFilter {
  readonly role?: Role | null;
  readonly status?: RoleGrantStatus | null;
}

const roleGrantByIdLoader = rowLoader(RoleGrant, "id");

const BY_START: SortOrder<RoleGrant> = {
  name: "roleGrant.validFrom",
  direction: "DESC",
  expression: "role_grant.validFrom",
  sqlType: "timestamptz",
  keyOf: (grant) => grant.validFrom.toISOString(),
};

/** Grants, the newest first, for signed-in staff. @throws HubError UNAUTHENTICATED */
export function listRoleGrants(
  context: RequestContext,
  filter: RoleGrantFilter,
  page: PageRequest,
): Promise<Page<RoleGrant>> {
  requireStaff(context.caller);
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(RoleGrant, "role_grant");
      if (filter.role != null) {
        query.andWhere("role_grant.role = :role", { role: filter.role });
      }
      if (filter.status != null) {
        query.andWhere("role_grant.status = :status", { status: filter.status });
      }
      return query;
    },
    BY_START,
    page,
  );
}

/** The grant a reference names; the public learns nothing, not even that there is one. */
export function resolveRoleGrantReference(context: RequestContext, id: string): Promise<RoleGrant | null> | null {
  return isStaff(context.caller) ? context.loader(roleGrantByIdLoader).load(id) : null;
}
