import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { PartnerRole } from "./partner-role";

/** An organization in one role of a project; it may have several. */
@ObjectType({ description: "An organization in one role of a project." })
@Entity()
export class ProjectPartner {
  @PrimaryColumn({ type: "text", collation: "C" })
  projectId!: string;

  @PrimaryColumn({ type: "text", collation: "C" })
  organizationId!: string;

  @Field(() => PartnerRole)
  @PrimaryColumn({ type: "text" })
  role!: PartnerRole;

  @Field(() => Int, {
    nullable: true,
    description: "Its share in basis points (10 000 = all); null when none is agreed.",
  })
  @Column({ type: "int", nullable: true })
  shareBp!: number | null;
}
