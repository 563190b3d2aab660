import { OrganizationType } from "@alliance-hub/shared/code-lists/organization-type";
import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { Field, InputType } from "type-graphql";
import { MembershipStatus } from "../membership/membership-lists";
import { Grade, Scale } from "./organization-lists";

@InputType({ description: "Conditions that an organization must meet all at once." })
export class OrganizationFilter {
  @Field(() => OrganizationType, { nullable: true })
  type?: OrganizationType | null;

  @Field(() => DivisionCodeScalar, { nullable: true, description: "Serves this division or one that contains it." })
  area?: string | null;

  @Field(() => Scale, { nullable: true })
  scale?: Scale | null;

  @Field(() => Grade, { nullable: true })
  grade?: Grade | null;

  @Field(() => MembershipStatus, { nullable: true, description: "Has a membership in this state." })
  membershipStatus?: MembershipStatus | null;
}
