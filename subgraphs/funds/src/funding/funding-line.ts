import { Money } from "@alliance-hub/shared/money";
import { Field, ObjectType } from "type-graphql";

/** What one fund gives to one need or project, summed over the allocations. The field `fund` is in the resolver. */
@ObjectType({ description: "What one fund gives to a need or a project, summed over its allocations." })
export class FundingLine {
  fundId!: string;

  @Field(() => Money, { description: "Sum of the allocations that are RESERVED or APPROVED." })
  reserved!: Money;

  @Field(() => Money, {
    description: "Sum of the allocations that are COMMITTED, PARTLY_DISBURSED, DISBURSED or SETTLED.",
  })
  committed!: Money;

  @Field(() => Money, { description: "What was paid and settled of all allocations." })
  disbursed!: Money;
}
