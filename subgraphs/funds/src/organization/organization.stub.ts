import { Directive, Field, ID, ObjectType } from "type-graphql";

/** An organization as this subgraph knows it: its id. Its home is the organizations subgraph. */
@Directive('@key(fields: "id")')
@ObjectType()
export class Organization {
  @Field(() => ID)
  id!: string;
}

export function makeOrganization(id: string): Organization {
  return Object.assign(new Organization(), { id });
}
