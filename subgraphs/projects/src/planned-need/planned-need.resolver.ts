import { FieldResolver, Resolver, Root } from "type-graphql";
import { Need, referToNeed } from "../need/need.stub";
import { PlannedNeed } from "./planned-need.entity";

@Resolver(() => PlannedNeed)
export class PlannedNeedResolver {
  @FieldResolver(() => Need, { nullable: true, description: "Null when the caller may not see the need." })
  need(@Root() planned: PlannedNeed): Need | null {
    return referToNeed(planned.needId);
  }
}
