import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { Money } from "@alliance-hub/shared/money";
import { CurrencyCodeScalar } from "@alliance-hub/shared/scalars/currency-code.scalar";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { FundKind, FundStatus } from "./fund-lists";

@ObjectType({ description: "What a fund's money may be used for. An empty list or a missing date restricts nothing." })
export class FundRestriction {
  @Field(() => [NeedCategory])
  @Column({ type: "text", array: true })
  categories!: NeedCategory[];

  @Column({ type: "text", array: true, collation: "C" })
  areaCodes!: string[];

  @Field(() => DateScalar, { nullable: true, description: "First day on which money may be allocated." })
  @Column({ type: "date", nullable: true })
  validFrom!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day on which money may be allocated." })
  @Column({ type: "date", nullable: true })
  validTo!: string | null;
}

/** Money with a restriction, a manager, a custodian and supervisors. All its donations and allocations have its currency and owner. */
@Directive('@key(fields: "id")')
@ObjectType({
  implements: NodeInterface,
  description: "Money with a restriction, a manager who asks for it, a custodian who pays it and supervisors.",
})
@Entity()
export class Fund extends OwnedRow {
  @Field(() => String)
  @Column({ type: "text" })
  name!: string;

  @Field(() => FundKind)
  @Column({ type: "text" })
  kind!: FundKind;

  @Field(() => FundRestriction)
  @Column(() => FundRestriction)
  restriction!: FundRestriction;

  @Column({ type: "text", collation: "C" })
  managerId!: string;

  @Column({ type: "text", collation: "C" })
  custodianId!: string;

  /** In the order in which they were named. */
  @Column({ type: "text", array: true, collation: "C" })
  supervisorIds!: string[];

  @Field(() => CurrencyCodeScalar, { description: "The one currency of the fund's books." })
  @Column({ type: "text" })
  currency!: string;

  @Field(() => Money, {
    description: "Kept for livelihood: allocations to development leave at least this much available.",
  })
  @Column(() => Money)
  livelihoodFloor!: Money;

  @Field(() => FundStatus)
  @Column({ type: "text" })
  status!: FundStatus;
}
