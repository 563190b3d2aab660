import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { historyLoader } from "@alliance-hub/shared/database/record-history";
import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { AdminDivision } from "../admin-division/admin-division.stub";
import type { Household } from "../household/household.entity";
import { NeedItem } from "../need-item/need-item.entity";
import { itemsOfNeedLoader } from "../need-item/need-item.loader";
import { Coverage } from "./coverage";
import { Need } from "./need.entity";
import { NeedFilter, PublishedNeedFilter } from "./need.input";
import {
  findCoverage,
  findMergedInto,
  findNeed,
  listNeeds,
  listPublishedNeeds,
  statusReasonFor,
  subjectOf,
  townshipOf,
  villageFor,
} from "./need.service";
import { NeedSubject } from "./need-subject";

export const NeedConnection = makeConnectionType("Need", () => Need);

@Resolver(() => Need)
export class NeedResolver {
  @Query(() => Need, { nullable: true, description: "One need by id." })
  need(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Need | null> {
    return findNeed(context, id);
  }

  @Query(() => NeedConnection, { description: "Needs that the caller may know of, the newest first." })
  needs(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => NeedFilter, { nullable: true }) filter?: NeedFilter | null,
  ): Promise<Page<Need>> {
    return listNeeds(context, filter ?? {}, readPageArgs(page));
  }

  @Query(() => NeedConnection, { description: "Published needs, the newest publication first." })
  publishedNeeds(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => PublishedNeedFilter, { nullable: true }) filter?: PublishedNeedFilter | null,
  ): Promise<Page<Need>> {
    return listPublishedNeeds(context, filter ?? {}, readPageArgs(page));
  }

  @FieldResolver(() => NeedSubject, {
    nullable: true,
    description: "Who needs it; a household is never shown to the public.",
  })
  subject(@Root() need: Need, @Ctx() context: RequestContext): Promise<Household | null> | AdminDivision | null {
    return subjectOf(context, need);
  }

  @FieldResolver(() => AdminDivision, {
    nullable: true,
    description: "Its village; shown to signed-in staff of members.",
  })
  village(@Root() need: Need, @Ctx() context: RequestContext): AdminDivision | null {
    return villageFor(context, need);
  }

  @FieldResolver(() => AdminDivision, { description: "Its township." })
  township(@Root() need: Need): AdminDivision {
    return townshipOf(need);
  }

  @FieldResolver(() => [NeedItem], { description: "Its lines, at most 20." })
  items(@Root() need: Need, @Ctx() context: RequestContext): Promise<NeedItem[]> {
    return context.loader(itemsOfNeedLoader).load(need.id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why it is in its state; shown to signed-in staff of members.",
  })
  statusReason(@Root() need: Need, @Ctx() context: RequestContext): string | null {
    return statusReasonFor(context, need);
  }

  @FieldResolver(() => Coverage)
  coverage(@Root() need: Need, @Ctx() context: RequestContext): Promise<Coverage> {
    return findCoverage(context, need);
  }

  @FieldResolver(() => Need, { nullable: true, description: "The need that took its place." })
  mergedInto(@Root() need: Need, @Ctx() context: RequestContext): Promise<Need | null> | null {
    return findMergedInto(context, need);
  }

  @FieldResolver(() => [HistoryEntry], { description: "Its changes, oldest first." })
  history(@Root() need: Need, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return context.loader(historyLoader).load(need.id);
  }
}
