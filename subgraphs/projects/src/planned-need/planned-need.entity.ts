import { DecimalScalar } from "@alliance-hub/shared/scalars/decimal.scalar";
import { Field, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** A need that a project plans to answer, wholly or in part. */
@ObjectType({ description: "A need that a project plans to answer, wholly or in part." })
@Entity()
export class PlannedNeed {
  @PrimaryColumn({ type: "text", collation: "C" })
  projectId!: string;

  @PrimaryColumn({ type: "text", collation: "C" })
  needId!: string;

  @Field(() => DecimalScalar, { description: "How much of it, in the need's own units." })
  @Column({ type: "numeric" })
  quantity!: string;
}
