import { Field, ObjectType } from "type-graphql";
import { Shareable } from "../database/owned-row";

@Shareable
@ObjectType({ description: "Where a page lies in its list (Relay cursor connections)." })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}
