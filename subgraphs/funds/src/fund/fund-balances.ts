import { Money } from "@alliance-hub/shared/money";
import { Field, ObjectType } from "type-graphql";

/**
 * Where a fund's money is. available + reserved + committed + inTransit + spent = money received and not refunded, with
 * transfers from other funds; goods stand beside it.
 */
@ObjectType({
  description:
    "Where a fund's money is, computed from its donations and allocations. available, reserved, committed, inTransit and " +
    "spent sum to all money received and not refunded, transfers from other funds included.",
})
export class FundBalances {
  @Field(() => Money, {
    description: "Received and free: donations, grants and transfers in, less the four sums below.",
  })
  available!: Money;

  @Field(() => Money, { description: "Held for allocations that are RESERVED or APPROVED." })
  reserved!: Money;

  @Field(() => Money, { description: "Not yet sent of allocations that are COMMITTED or PARTLY_DISBURSED." })
  committed!: Money;

  @Field(() => Money, { description: "Sent, and not yet settled by the bank." })
  inTransit!: Money;

  @Field(() => Money, { description: "Value of the goods received and not given back. Kept apart from money." })
  goods!: Money;

  @Field(() => Money, { description: "Paid and settled, transfers to other funds included." })
  spent!: Money;
}
