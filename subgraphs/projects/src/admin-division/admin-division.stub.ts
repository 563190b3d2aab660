import { isDivisionCode } from "@alliance-hub/shared/identifiers/division-code";
import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { Directive, Field, ObjectType } from "type-graphql";

/** A division as this subgraph knows it: its code. The registry has the rest. */
@Directive('@key(fields: "code")')
@ObjectType({ description: "An administrative division: province, city, county, township or village, by its code." })
export class AdminDivision {
  @Field(() => DivisionCodeScalar)
  code!: string;
}

/** The division with a code; null for any other text. Whether it exists is the registry's question. */
export function referToDivision(code: string): AdminDivision | null {
  return isDivisionCode(code) ? { code } : null;
}
