import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { historyLoader } from "@alliance-hub/shared/database/record-history";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Household } from "./household.entity";
import { findHousehold } from "./household.service";

@Resolver(() => Household)
export class HouseholdResolver {
  @Query(() => Household, { nullable: true, description: "A household by id, for signed-in staff." })
  household(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Household | null> {
    return findHousehold(context, id);
  }

  @FieldResolver(() => [HistoryEntry], { description: "Its changes, oldest first." })
  history(@Root() household: Household, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return context.loader(historyLoader).load(household.id);
  }
}
