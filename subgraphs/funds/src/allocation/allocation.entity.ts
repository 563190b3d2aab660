import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { Money } from "@alliance-hub/shared/money";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { AllocationLine, AllocationStatus, AllocationTargetKind } from "./allocation-lists";

@ObjectType({ description: "What an allocation pays for." })
export class AllocationTarget {
  @Field(() => AllocationTargetKind)
  @Column({ type: "text" })
  kind!: AllocationTargetKind;

  @Field(() => ID, {
    nullable: true,
    description: "Id of the match, budget line, contract or fund; null for management cost.",
  })
  @Column({ type: "text", nullable: true, collation: "C" })
  id!: string | null;
}

/** The decision to give an amount of a fund to one target. Category, line, township, project and need come from the target's lock. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "The decision to give an amount of a fund to one target." })
@Entity()
export class Allocation extends OwnedRow {
  @Column({ type: "text", collation: "C" })
  fundId!: string;

  @Field(() => AllocationTarget)
  @Column(() => AllocationTarget)
  target!: AllocationTarget;

  @Field(() => Money)
  @Column(() => Money)
  amount!: Money;

  @Field(() => AllocationStatus)
  @Column({ type: "text" })
  status!: AllocationStatus;

  @Field(() => NeedCategory, {
    nullable: true,
    description: "Category of the target; null until the target is locked.",
  })
  @Column({ type: "text", nullable: true })
  category!: NeedCategory | null;

  @Field(() => AllocationLine, {
    nullable: true,
    description: "Livelihood or development; null until the target is locked.",
  })
  @Column({ type: "text", nullable: true })
  line!: AllocationLine | null;

  @Column({ type: "text", nullable: true, collation: "C" })
  townshipCode!: string | null;

  @Column({ type: "text", nullable: true, collation: "C" })
  projectId!: string | null;

  /** The need that a MATCH is for: answers Need.funding, shown nowhere else. */
  @Column({ type: "text", nullable: true, collation: "C" })
  needId!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "A reservation that is not approved by then expires." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  reservedUntil!: Date | null;

  /** Fen paid and settled by the bank, in the amount's currency. */
  @Column({ type: "bigint" })
  disbursedMinor!: string;

  /** Fen sent and not yet settled by the bank, in the amount's currency. */
  @Column({ type: "bigint" })
  inTransitMinor!: string;

  @Field(() => String, { nullable: true, description: "Why it was asked for, refused or ended." })
  @Column({ type: "text", nullable: true })
  reason!: string | null;
}
