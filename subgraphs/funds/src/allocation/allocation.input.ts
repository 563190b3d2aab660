import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Field, ID, InputType } from "type-graphql";
import { AllocationStatus } from "./allocation-lists";

@InputType({ description: "Conditions that an allocation must meet all at once." })
export class AllocationFilter {
  @Field(() => ID, { nullable: true, description: "Of this fund's money." })
  fund?: string | null;

  @Field(() => AllocationStatus, { nullable: true })
  status?: AllocationStatus | null;

  @Field(() => ID, { nullable: true, description: "For this project." })
  project?: string | null;

  @Field(() => NeedCategory, { nullable: true })
  category?: NeedCategory | null;
}
