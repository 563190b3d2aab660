import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { Directive, Field, ObjectType } from "type-graphql";

/** A division as this subgraph knows it: its code. Everything else is told by organizations. */
@Directive('@key(fields: "code")')
@ObjectType()
export class AdminDivision {
  @Field(() => DivisionCodeScalar)
  code!: string;
}

/** A reference to a division, for the gateway to follow. */
export function divisionAt(code: string): AdminDivision {
  return Object.assign(new AdminDivision(), { code });
}
