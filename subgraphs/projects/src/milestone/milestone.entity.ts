import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { MilestoneStatus } from "./milestone-status";

/** A result that a project owes by a day. Belongs to the member that owns the project. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "A result that a project owes by a day." })
@Entity()
export class Milestone extends OwnedRow {
  @Column({ type: "text", collation: "C" })
  projectId!: string;

  @Field(() => String)
  @Column({ type: "text" })
  title!: string;

  @Field(() => DateScalar, { description: "Business date by which it is due." })
  @Column({ type: "date" })
  dueOn!: string;

  @Field(() => MilestoneStatus)
  @Column({ type: "text" })
  status!: MilestoneStatus;
}
