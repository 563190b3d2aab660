import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { Directive, Field, ObjectType } from "type-graphql";

/** A division as this subgraph knows it: its code. Its home is the organizations subgraph. */
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType()
export class AdminDivision {
  @Field(() => DivisionCodeScalar)
  code!: string;
}

export function makeDivision(code: string): AdminDivision {
  return Object.assign(new AdminDivision(), { code });
}
