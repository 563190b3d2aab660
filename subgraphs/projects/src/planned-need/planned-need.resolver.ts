import { FieldResolver, Resolver, Root } from "type-graphql";
import { Need, referToNeed } from "../need/need.stub";
import { PlannedNeed } from "./planned-need.entity";

@Resolver(() => PlannedNeed)
export class PlannedNeedResolver {
  @FieldResolver(() => Need, {
    nullable: true,
    description: "What of it the caller may see is decided where needs are kept.",
  })
  need(@Root() planned: PlannedNeed): Need | null {
    return referToNeed(planned.needId);
  }
}
