import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import { Money } from "@alliance-hub/shared/money";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { AdminDivision, makeDivision } from "../admin-division/admin-division.stub";
import { Fund } from "../fund/fund.entity";
import { findFundOfRow } from "../fund/fund.service";
import { makeProject, Project } from "../project/project.stub";
import { Allocation } from "./allocation.entity";
import { AllocationFilter } from "./allocation.input";
import { disbursedOf, findAllocation, listAllocations, remainingOf } from "./allocation.service";

export const AllocationConnection = makeConnectionType("Allocation", () => Allocation);

@Resolver(() => Allocation)
export class AllocationResolver {
  @Query(() => Allocation, { nullable: true, description: "One allocation by id." })
  allocation(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Allocation | null> {
    return findAllocation(context, id);
  }

  @Query(() => AllocationConnection, { description: "Allocations, the newest first." })
  allocations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => AllocationFilter, { nullable: true }) filter?: AllocationFilter | null,
  ): Promise<Page<Allocation>> {
    return listAllocations(context, filter ?? {}, readPageArgs(page));
  }

  @FieldResolver(() => Fund)
  fund(@Root() allocation: Allocation, @Ctx() context: RequestContext): Promise<Fund> {
    return findFundOfRow(context, allocation);
  }

  @FieldResolver(() => AdminDivision, { nullable: true, description: "Township of the target." })
  township(@Root() allocation: Allocation): AdminDivision | null {
    return allocation.townshipCode === null ? null : makeDivision(allocation.townshipCode);
  }

  @FieldResolver(() => Project, { nullable: true, description: "Project of the target." })
  project(@Root() allocation: Allocation): Project | null {
    return allocation.projectId === null ? null : makeProject(allocation.projectId);
  }

  @FieldResolver(() => Money, { description: "What was paid and settled." })
  disbursed(@Root() allocation: Allocation): Money {
    return disbursedOf(allocation);
  }

  @FieldResolver(() => Money, {
    description: "The amount less what was disbursed; an ended allocation pays it no more.",
  })
  remaining(@Root() allocation: Allocation): Money {
    return remainingOf(allocation);
  }
}
