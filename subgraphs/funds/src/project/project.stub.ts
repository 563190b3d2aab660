import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A project as this subgraph knows it: its id. Its home is the projects subgraph. */
@Directive('@key(fields: "id")')
@ObjectType()
export class Project {
  @Field(() => ID)
  id!: string;
}

export function makeProject(id: string): Project {
  return Object.assign(new Project(), { id });
}
