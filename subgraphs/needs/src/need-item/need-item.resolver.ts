import type { RequestContext } from "@alliance-hub/shared/request-context";
import { DecimalScalar } from "@alliance-hub/shared/scalars/decimal.scalar";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Need } from "../need/need.entity";
import { NeedItem } from "./need-item.entity";
import { needOf, remainingOf } from "./need-item.service";

@Resolver(() => NeedItem)
export class NeedItemResolver {
  @FieldResolver(() => Need)
  need(@Root() item: NeedItem, @Ctx() context: RequestContext): Promise<Need> {
    return needOf(context, item);
  }

  @FieldResolver(() => DecimalScalar, { description: "Requested less held and committed." })
  remaining(@Root() item: NeedItem): string {
    return remainingOf(item);
  }
}
