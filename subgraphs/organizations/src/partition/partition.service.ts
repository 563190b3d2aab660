import { isStaff } from "@alliance-hub/shared/caller";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { type Instance, Partition } from "./partition.entity";
import type { SubgraphName } from "./partition-lists";

export interface PartitionFilter {
  readonly member?: string | null;
  readonly subgraph?: SubgraphName | null;
}

const BY_MEMBER: SortOrder<Partition> = {
  name: "partition.member",
  direction: "ASC",
  expression: "partition.member",
  sqlType: "text",
  keyOf: (partition) => partition.member,
};

/** Which instance serves which member's rows of which subgraph, by member. */
export function listPartitions(
  context: RequestContext,
  filter: PartitionFilter,
  page: PageRequest,
): Promise<Page<Partition>> {
  return readPage(
    () => {
      const query = context.database.manager.createQueryBuilder(Partition, "partition");
      if (filter.member != null) {
        query.andWhere("partition.member = :member", { member: filter.member });
      }
      if (filter.subgraph != null) {
        query.andWhere("partition.subgraph = :subgraph", { subgraph: filter.subgraph });
      }
      return query;
    },
    BY_MEMBER,
    page,
  );
}

/** The address of an instance is class P1: signed-in staff only. */
export function urlFor(context: RequestContext, instance: Instance): string | null {
  return isStaff(context.caller) ? instance.url : null;
}
