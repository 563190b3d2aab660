import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { Field, ID, InputType } from "type-graphql";
import { ProjectStatus } from "./project-lists";

@InputType({ description: "Conditions that a project must meet all at once." })
export class ProjectFilter {
  @Field(() => DivisionCodeScalar, {
    nullable: true,
    description: "Works inside this division, or in one that contains it.",
  })
  divisionPrefix?: string | null;

  @Field(() => NeedCategory, { nullable: true })
  category?: NeedCategory | null;

  @Field(() => ProjectStatus, { nullable: true })
  status?: ProjectStatus | null;

  @Field(() => ID, { nullable: true, description: "Organization that leads it or is its partner in any role." })
  organization?: string | null;
}
