import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Membership } from "./membership.entity";
import type { MembershipStatus } from "./membership-lists";

const BY_TIME: SortOrder<Membership> = {
  name: "membership.effectiveAt",
  direction: "ASC",
  expression: "membership.effectiveAt",
  sqlType: "timestamptz",
  keyOf: (membership) => membership.effectiveAt.toISOString(),
};

/** Memberships, the oldest first. */
export function listMemberships(
  context: RequestContext,
  status: MembershipStatus | null | undefined,
  page: PageRequest,
): Promise<Page<Membership>> {
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(Membership, "membership");
      return status == null ? query : query.where("membership.status = :status", { status });
    },
    BY_TIME,
    page,
  );
}
