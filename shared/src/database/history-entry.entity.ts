import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { DateTimeScalar } from "../scalars/date-time.scalar";
import { Shareable } from "./owned-row";

/** One change of a row: who and what, never the values. */
@Shareable
@ObjectType({ description: "One change of a row: when, by whom, which fields. Values are not kept here." })
@Entity("history_entry")
export class HistoryEntry {
  @PrimaryColumn({ type: "text", collation: "C" })
  entityId!: string;

  @Field(() => Int, { description: "The row's version after the change." })
  @PrimaryColumn({ type: "int" })
  version!: number;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  at!: Date;

  @Field(() => String, { description: "Organization of whoever made the change." })
  @Column({ type: "text" })
  organization!: string;

  @Field(() => String, { description: "Role in which the change was made." })
  @Column({ type: "text" })
  role!: string;

  @Field(() => [String], { description: "Names of the fields that changed." })
  @Column({ type: "text", array: true })
  changedFields!: string[];
}
