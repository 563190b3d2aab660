import { invariant } from "@alliance-hub/shared/invariant";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { Need } from "./need.entity";
import { needByIdLoader } from "./need.loader";

/** The need as the database has it now, for the payload of a mutation. */
export async function readNeedAfterWrite(context: RequestContext, id: string): Promise<Need> {
  context.clearLoaders();
  const need = await context.loader(needByIdLoader).load(id);
  invariant(need !== null, `need ${id} was written and is not there`);
  return need;
}
