import { type ClassType, Field, Int, ObjectType } from "type-graphql";
import { PageInfo } from "./page-info";

/** A page of rows with their cursors, as read from the database. */
export interface Page<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
  /** Counts the whole list; runs only when `totalCount` is selected. */
  readonly countTotal: () => Promise<number>;
}

/**
 * The connection type of a node type: `NeedConnection` and `NeedEdge` for `Need`. Call it once per node type and export
 * the result; a resolver returns a Page.
 */
export function makeConnectionType<Row extends object>(
  name: string,
  nodeType: () => ClassType<Row>,
): ClassType<Page<Row>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class Edge {
    @Field(() => nodeType())
    node!: Row;

    @Field(() => String, { description: "Stands for this place; use it as after or before." })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection implements Page<Row> {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => [nodeType()], { name: "nodes", description: "The rows without their cursors." })
    nodes(): Row[] {
      return this.edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int, {
      name: "totalCount",
      nullable: true,
      description:
        "Rows of the whole list; null when an owner of rows did not answer. Costs a count: select it only when shown.",
    })
    totalCount(): Promise<number> {
      return this.countTotal();
    }

    countTotal!: () => Promise<number>;
  }
  return Connection as unknown as ClassType<Page<Row>>;
}
