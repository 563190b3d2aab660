import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { MemberCodeScalar } from "@alliance-hub/shared/scalars/member-code.scalar";
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Organization } from "../organization/organization.entity";
import { organizationByIdLoader } from "../organization/organization.loader";
import { Instance, Partition } from "./partition.entity";
import { listPartitions, urlFor } from "./partition.service";
import { SubgraphName } from "./partition-lists";

const PartitionConnection = makeConnectionType("Partition", () => Partition);

@Resolver(() => Partition)
export class PartitionResolver {
  @Query(() => PartitionConnection, { description: "Which instance serves whose rows, by member." })
  partitions(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("member", () => MemberCodeScalar, { nullable: true }) member?: string | null,
    @Arg("subgraph", () => SubgraphName, { nullable: true }) subgraph?: SubgraphName | null,
  ): Promise<Page<Partition>> {
    return listPartitions(context, { member, subgraph }, readPageArgs(page));
  }
}

@Resolver(() => Instance)
export class InstanceResolver {
  @FieldResolver(() => Organization, { nullable: true, description: "Who runs it." })
  operator(@Root() instance: Instance, @Ctx() context: RequestContext): Promise<Organization | null> | null {
    return instance.operatorId === null ? null : context.loader(organizationByIdLoader).load(instance.operatorId);
  }

  @FieldResolver(() => String, { nullable: true, description: "Its address; shown to signed-in staff of members." })
  url(@Root() instance: Instance, @Ctx() context: RequestContext): string | null {
    return urlFor(context, instance);
  }
}
