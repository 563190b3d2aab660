import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { FactRow, NodeInterface } from "@alliance-hub/shared/database/owned-row";
import { Money } from "@alliance-hub/shared/money";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { DonationKind } from "./donation-lists";

/** Any receipt of money or goods. Who gave an anonymous one is class P3: stored, and in no answer, filter, order or count. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "A receipt of money or goods by a fund." })
@Entity()
export class Donation extends FactRow {
  @Column({ type: "text", collation: "C" })
  fundId!: string;

  @Field(() => DonationKind)
  @Column({ type: "text" })
  kind!: DonationKind;

  @Column({ type: "text", nullable: true, collation: "C" })
  donorOrganizationId!: string | null;

  /** Class P3: not in the schema. */
  @Column({ type: "text", nullable: true })
  donorName!: string | null;

  @Field(() => Boolean, { description: "Whether the donor asked not to be named." })
  @Column({ type: "boolean" })
  anonymous!: boolean;

  @Field(() => Money, { description: "What was given; the value of the goods when in kind." })
  @Column(() => Money)
  amount!: Money;

  @Column({ type: "text", nullable: true })
  goodsItemCode!: string | null;

  @Column({ type: "text", nullable: true })
  goodsUnit!: Unit | null;

  /** Decimal text with the places it was written with. */
  @Column({ type: "numeric", nullable: true })
  goodsQuantity!: string | null;

  @Column({ type: "text", nullable: true })
  earmarkCategory!: NeedCategory | null;

  /** Leading digits of division codes: `4302` stands for all of Zhuzhou. */
  @Column({ type: "text", nullable: true })
  earmarkDivisionPrefix!: string | null;

  @Column({ type: "text", nullable: true, collation: "C" })
  earmarkProjectId!: string | null;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  receivedAt!: Date;

  @Field(() => String, { description: "Number of the receipt given to the donor; unique for its owner." })
  @Column({ type: "text" })
  receiptNumber!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was given back; it counts in no balance since.",
  })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  refundedAt!: Date | null;
}
