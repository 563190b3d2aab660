import { FactRow, NodeInterface } from "@alliance-hub/shared/database/owned-row";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { MemberCodeScalar } from "@alliance-hub/shared/scalars/member-code.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { MembershipStatus, MembershipTier } from "./membership-lists";

/** Relation of an organization to the alliance. A member has it ACTIVE, holds a member code and owns rows. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "Relation of an organization to the alliance." })
@Entity()
export class Membership extends FactRow {
  @Column({ type: "text", collation: "C" })
  organizationId!: string;

  @Field(() => MemberCodeScalar, {
    nullable: true,
    description: "First part of every id the member owns; never reused.",
  })
  @Column({ type: "text", nullable: true })
  memberCode!: string | null;

  @Field(() => MembershipTier)
  @Column({ type: "text" })
  tier!: MembershipTier;

  @Field(() => MembershipStatus)
  @Column({ type: "text" })
  status!: MembershipStatus;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: "date", nullable: true })
  joinedOn!: string | null;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: "date", nullable: true })
  endedOn!: string | null;
}
