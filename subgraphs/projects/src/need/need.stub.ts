import { parseGlobalId } from "@alliance-hub/shared/global-id";
import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A need as this subgraph knows it: its id. Whether the caller may see it is decided where needs are kept. */
@Directive('@key(fields: "id")')
@ObjectType({ description: "What a household or a village needs." })
export class Need {
  @Field(() => ID)
  id!: string;
}

/** The need with an id; null for any other text. Whether it exists is the question of the needs subgraph. */
export function referToNeed(id: string): Need | null {
  return parseGlobalId(id)?.kind === "need" ? { id } : null;
}
