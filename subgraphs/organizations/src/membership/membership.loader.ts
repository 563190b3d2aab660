import { childrenLoader, rowLoader } from "@alliance-hub/shared/database/row-loader";
import { Membership } from "./membership.entity";

export const membershipByIdLoader = rowLoader(Membership, "id");

export const membershipsOfOrganizationLoader = childrenLoader(Membership, "organizationId", {
  effectiveAt: "ASC",
  id: "ASC",
});
