import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Role, RoleGrantStatus, ScopeKind } from "./role-grant-lists";

@ObjectType({ description: "What a grant covers." })
export class GrantScope {
  @Field(() => ScopeKind)
  @Column({ type: "text" })
  kind!: ScopeKind;

  @Field(() => String, {
    description: "Division code, or id of the organization, project or fund; the alliance's code.",
  })
  @Column({ type: "text" })
  ref!: string;
}

/** A role given to a person for a scope and a time. Who holds it is class P2 and not in the schema yet (see Person). */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "A role given to a person for a scope and a time." })
@Entity()
export class RoleGrant extends OwnedRow {
  @Column({ type: "text", collation: "C" })
  personId!: string;

  @Field(() => Role)
  @Column({ type: "text" })
  role!: Role;

  @Field(() => GrantScope)
  @Column(() => GrantScope)
  scope!: GrantScope;

  @Field(() => RoleGrantStatus)
  @Column({ type: "text" })
  status!: RoleGrantStatus;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  validFrom!: Date;

  @Field(() => DateTimeScalar)
  @Column({ type: "timestamptz", precision: 3 })
  validTo!: Date;

  @Field(() => String, { nullable: true, description: "Course that must be completed before the grant works." })
  @Column({ type: "text", nullable: true })
  requiresTraining!: string | null;

  @Column({ type: "text", nullable: true })
  grantedById!: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "text", nullable: true })
  reason!: string | null;
}
