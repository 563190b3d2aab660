import { Field, InputType } from "type-graphql";
import { FundKind, FundStatus } from "./fund-lists";

@InputType({ description: "Conditions that a fund must meet all at once." })
export class FundFilter {
  @Field(() => FundKind, { nullable: true })
  kind?: FundKind | null;

  @Field(() => FundStatus, { nullable: true })
  status?: FundStatus | null;
}
