import { isStaff, requireStaff } from "@alliance-hub/shared/caller";
import { requireGlobalId } from "@alliance-hub/shared/global-id";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { Household } from "./household.entity";
import { householdByIdLoader } from "./household.loader";

/** A household by id, for signed-in staff. @throws HubError UNAUTHENTICATED, BAD_USER_INPUT */
export function findHousehold(context: RequestContext, id: string): Promise<Household | null> {
  requireStaff(context.caller);
  requireGlobalId(id, "Household", "id");
  return context.loader(householdByIdLoader).load(id);
}

/** The household a reference names; the public learns nothing, not even that there is one. */
export function resolveHouseholdReference(context: RequestContext, id: string): Promise<Household | null> | null {
  return isStaff(context.caller) ? context.loader(householdByIdLoader).load(id) : null;
}
