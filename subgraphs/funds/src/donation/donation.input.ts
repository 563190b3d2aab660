import { Field, ID, InputType } from "type-graphql";
import { DonationKind } from "./donation-lists";

@InputType({ description: "Conditions that a donation must meet all at once." })
export class DonationFilter {
  @Field(() => ID, { nullable: true, description: "Received by this fund." })
  fund?: string | null;

  @Field(() => DonationKind, { nullable: true })
  kind?: DonationKind | null;

  @Field(() => ID, { nullable: true, description: "Given by this organization under its name; never anonymous ones." })
  donorOrganization?: string | null;
}
