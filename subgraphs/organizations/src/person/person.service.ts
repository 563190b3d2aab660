import { isStaff, requireStaff } from "@alliance-hub/shared/caller";
import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { requireGlobalId } from "@alliance-hub/shared/global-id";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Person } from "./person.entity";

const personByIdLoader = rowLoader(Person, "id");

/** A person by id, for signed-in staff. @throws HubError UNAUTHENTICATED, BAD_USER_INPUT */
export function findPerson(context: RequestContext, id: string): Promise<Person | null> {
  requireStaff(context.caller);
  requireGlobalId(id, "Person", "id");
  return context.loader(personByIdLoader).load(id);
}

/** The person a reference names; the public learns nothing, not even that there is one. */
export function resolvePersonReference(context: RequestContext, id: string): Promise<Person | null> | null {
  return isStaff(context.caller) ? context.loader(personByIdLoader).load(id) : null;
}
