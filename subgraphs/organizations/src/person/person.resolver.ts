import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Person } from "./person.entity";
import { findPerson } from "./person.service";

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, { nullable: true, description: "A person by id, for signed-in staff." })
  person(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Person | null> {
    return findPerson(context, id);
  }
}
