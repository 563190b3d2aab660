import { NodeInterface } from "@alliance-hub/shared/database/owned-row";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { MemberCodeScalar } from "@alliance-hub/shared/scalars/member-code.scalar";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { DivisionLevel, PriorityStatus } from "./division-level";

/**
 * A division in one period of its life. One code may have several periods; they never overlap (INV-31). Identity is the
 * code, so `id` repeats for the periods of one code and is not the table's key.
 */
@Directive('@key(fields: "code")')
@Directive('@key(fields: "id")')
// Public, and changed some times a year. A gateway may tell yesterday's division for so long after midnight.
@Directive("@cacheControl(maxAge: 300)")
@ObjectType({
  implements: NodeInterface,
  description: "An administrative division: province, city, county, township or village, by its code.",
})
@Entity()
export class AdminDivision {
  @Field(() => ID)
  @Column({ type: "text", collation: "C" })
  id!: string;

  @Field(() => MemberCodeScalar, { description: "The member that keeps the reference data: the alliance." })
  @Column({ type: "text" })
  ownerMember!: string;

  @Field(() => Int)
  @Column({ type: "int" })
  version!: number;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  updatedAt!: Date;

  @Field(() => DivisionCodeScalar)
  @PrimaryColumn({ type: "text", collation: "C" })
  code!: string;

  @Field(() => DivisionLevel)
  @Column({ type: "text" })
  level!: DivisionLevel;

  @Field(() => String)
  @Column({ type: "text" })
  name!: string;

  @Column({ type: "text", nullable: true })
  parentCode!: string | null;

  @Field(() => DateScalar, { description: "First day on which the code was in force." })
  @PrimaryColumn({ type: "date" })
  validFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day on which the code was in force; null while it is.",
  })
  @Column({ type: "date", nullable: true })
  validTo!: string | null;

  @Column({ type: "text", array: true })
  replacedByCodes!: string[];

  @Field(() => PriorityStatus)
  @Column({ type: "text" })
  priorityStatus!: PriorityStatus;

  @Field(() => DateScalar, { nullable: true, description: "Day on which the division was declared out of poverty." })
  @Column({ type: "date", nullable: true })
  liftedOn!: string | null;

  /** Set where a member begins to govern; divisions below inherit it. */
  @Column({ type: "text", nullable: true })
  governedBy!: string | null;
}
