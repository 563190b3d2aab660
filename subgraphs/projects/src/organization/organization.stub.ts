import { parseGlobalId } from "@alliance-hub/shared/global-id";
import { Directive, Field, ID, ObjectType } from "type-graphql";

/** An organization as this subgraph knows it: its id. The registry has the rest. */
@Directive('@key(fields: "id")')
@ObjectType({ description: "A body in the alliance's registry; it need not be a member." })
export class Organization {
  @Field(() => ID)
  id!: string;
}

/** The organization with an id; null for any other text. Whether it exists is the registry's question. */
export function referToOrganization(id: string): Organization | null {
  return parseGlobalId(id)?.kind === "organization" ? { id } : null;
}
