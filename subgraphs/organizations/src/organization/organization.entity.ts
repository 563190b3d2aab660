import { OrganizationType } from "@alliance-hub/shared/code-lists/organization-type";
import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { UsccScalar } from "@alliance-hub/shared/scalars/uscc.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Grade, OrganizationStatus, RegulatoryStatus } from "./organization-lists";

/** Any body in the registry; it need not be a member. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "A body in the alliance's registry; it need not be a member." })
@Entity()
export class Organization extends OwnedRow {
  @Field(() => UsccScalar, {
    nullable: true,
    description: "Unified social credit code; only a volunteer group has none.",
  })
  @Column({ type: "text", nullable: true })
  uscc!: string | null;

  @Field(() => String)
  @Column({ type: "text" })
  legalName!: string;

  @Field(() => String, { nullable: true, description: "Name in English." })
  @Column({ type: "text", nullable: true })
  nameEn!: string | null;

  @Field(() => OrganizationType)
  @Column({ type: "text" })
  type!: OrganizationType;

  @Field(() => OrganizationStatus)
  @Column({ type: "text" })
  status!: OrganizationStatus;

  @Column({ type: "text", nullable: true })
  registeredAtCode!: string | null;

  @Column({ type: "text", array: true })
  serviceAreaCodes!: string[];

  /** Fen of the last business year; only its scale is shown. */
  @Column({ type: "bigint", nullable: true })
  yearlyIncomeMinor!: string | null;

  @Column({ type: "int", nullable: true })
  staffCount!: number | null;

  @Field(() => RegulatoryStatus)
  @Column({ type: "text" })
  regulatoryStatus!: RegulatoryStatus;

  @Field(() => Boolean, { description: "Whether it may raise funds from the public (Charity Law, article 22)." })
  @Column({ type: "boolean" })
  publicFundraisingQualified!: boolean;

  @Field(() => Grade, { nullable: true })
  @Column({ type: "text", nullable: true })
  grade!: Grade | null;

  @Field(() => DateScalar, { nullable: true, description: "A grade lasts at most five years." })
  @Column({ type: "date", nullable: true })
  gradeValidUntil!: string | null;

  @Column({ type: "text", nullable: true })
  sponsorId!: string | null;

  /** Class P1. */
  @Column({ type: "text", nullable: true })
  contact!: string | null;
}
