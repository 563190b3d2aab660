import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A need as this subgraph knows it: its id. Its home is the needs subgraph. */
@Directive('@key(fields: "id")')
@ObjectType()
export class Need {
  @Field(() => ID)
  id!: string;
}

export function makeNeed(id: string): Need {
  return Object.assign(new Need(), { id });
}
