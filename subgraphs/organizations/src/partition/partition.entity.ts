import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { MemberCodeScalar } from "@alliance-hub/shared/scalars/member-code.scalar";
import { Directive, Field, Int, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { PartitionState, SubgraphName } from "./partition-lists";

/** A running deployment of a subgraph. */
@ObjectType({ description: "A running deployment of a subgraph." })
export class Instance {
  @Field(() => String)
  @Column({ type: "text" })
  code!: string;

  @Column({ type: "text", nullable: true })
  operatorId!: string | null;

  /** Class P1. */
  @Column({ type: "text", nullable: true })
  url!: string | null;
}

/** All rows of one subgraph that one member owns, served by one instance at a time. */
@Directive('@key(fields: "id")')
@ObjectType({
  implements: NodeInterface,
  description: "All rows of one subgraph that one member owns, served by one instance at a time.",
})
@Entity()
export class Partition extends OwnedRow {
  @Field(() => MemberCodeScalar)
  @Column({ type: "text" })
  member!: string;

  @Field(() => SubgraphName)
  @Column({ type: "text" })
  subgraph!: SubgraphName;

  @Field(() => Instance)
  @Column(() => Instance)
  instance!: Instance;

  @Field(() => Int, { description: "Goes up when the partition moves to another instance." })
  @Column({ type: "int" })
  epoch!: number;

  @Field(() => PartitionState)
  @Column({ type: "text" })
  state!: PartitionState;

  @Field(() => DateTimeScalar, { nullable: true, description: "A move that is not complete by then is undone." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  moveDeadline!: Date | null;
}
