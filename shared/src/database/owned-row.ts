import { Directive, Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { Column, PrimaryColumn } from "typeorm";
import { DateTimeScalar } from "../scalars/date-time.scalar";
import { MemberCodeScalar } from "../scalars/member-code.scalar";

/** Relay's Node: whatever has an id that `Query.node` can find. The gateway owns `node` and `nodes`. */
@InterfaceType("Node", {
  description: "Whatever has an id of the hub. Query.node finds it again.",
  autoRegisterImplementations: false,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: "Names the owner, the type and the row: <member>.<type>.<ulid>." })
  @PrimaryColumn({ type: "text", collation: "C" })
  id!: string;
}

/** What every row has that a member owns. The database checks that `ownerMember` is the first part of `id`. */
@ObjectType()
export abstract class OwnedRow extends NodeInterface {
  @Field(() => MemberCodeScalar, { description: "The member that owns the row and alone may change it." })
  @Column({ type: "text" })
  ownerMember!: string;

  @Field(() => Int, { description: "Counts the row's changes from 1. A change names the version it was made for." })
  @Column({ type: "int" })
  version!: number;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  updatedAt!: Date;
}

/** A legal or financial fact: it tells when it is true and when it was written down. */
@ObjectType()
export abstract class FactRow extends OwnedRow {
  @Field(() => DateTimeScalar, { description: "When it is true in the world." })
  @Column({ type: "timestamptz", precision: 3 })
  effectiveAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it was written down." })
  @Column({ type: "timestamptz", precision: 3 })
  recordedAt!: Date;
}

/** An OwnedRow that may have been imported from another system. `(ownerMember, sourceSystem, sourceId)` is unique. */
@ObjectType()
export abstract class ImportableRow extends OwnedRow {
  @Field(() => String, { nullable: true, description: "The system the row was imported from." })
  @Column({ type: "text", nullable: true })
  sourceSystem!: string | null;

  @Field(() => String, { nullable: true, description: "The row's id in the system it was imported from." })
  @Column({ type: "text", nullable: true })
  sourceId!: string | null;
}

/** The columns of a new row, version 1. */
export function newRow(id: string, ownerMember: string, now: Date): OwnedRow {
  return { id, ownerMember, version: 1, createdAt: now, updatedAt: now };
}

/** Marks a type as shared by value between subgraphs: the same fields with the same meaning everywhere. */
export const Shareable = Directive("@shareable");
