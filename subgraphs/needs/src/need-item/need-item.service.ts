import { invariant } from "@alliance-hub/shared/invariant";
import { millionthsOf, quantityOf } from "@alliance-hub/shared/quantity";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { Need } from "../need/need.entity";
import { needByIdLoader } from "../need/need.loader";
import type { NeedItem } from "./need-item.entity";
import { needItemByIdLoader } from "./need-item.loader";

/** The item a reference names; null when there is none or its need is not for this caller. */
export async function resolveNeedItemReference(context: RequestContext, id: string): Promise<NeedItem | null> {
  const item = await context.loader(needItemByIdLoader).load(id);
  if (item === null) {
    return null;
  }
  const need = await context.loader(needByIdLoader).load(item.needId);
  return need === null ? null : item;
}

/** The need of an item that the caller may see; an item is seen only through or with its need. */
export async function needOf(context: RequestContext, item: NeedItem): Promise<Need> {
  const need = await context.loader(needByIdLoader).load(item.needId);
  invariant(need !== null, `item ${item.id} is shown without its need`);
  return need;
}

/** What nobody holds or has committed yet; INV-04 keeps it from falling below zero. */
export function remainingOf(item: Pick<NeedItem, "requested" | "held" | "committed">): string {
  return quantityOf(millionthsOf(item.requested) - millionthsOf(item.held) - millionthsOf(item.committed));
}
