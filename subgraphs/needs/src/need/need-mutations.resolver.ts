import type { RequestContext } from "@alliance-hub/shared/request-context";
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from "type-graphql";
import { createNeed } from "./create-need.service";
import { Need } from "./need.entity";
import { CreateNeedInput, SubmitNeedInput } from "./need.input";
import { submitNeed } from "./submit-need.service";

@ObjectType()
export class CreateNeedPayload {
  @Field(() => Need)
  need!: Need;
}

@ObjectType()
export class SubmitNeedPayload {
  @Field(() => Need)
  need!: Need;
}

@Resolver()
export class NeedMutationsResolver {
  @Mutation(() => CreateNeedPayload, { description: "Writes a need and its items as a draft." })
  async createNeed(
    @Ctx() context: RequestContext,
    @Arg("input", () => CreateNeedInput) input: CreateNeedInput,
  ): Promise<CreateNeedPayload> {
    return { need: await createNeed(context, input) };
  }

  @Mutation(() => SubmitNeedPayload, { description: "Hands a draft or returned need over to verification." })
  async submitNeed(
    @Ctx() context: RequestContext,
    @Arg("input", () => SubmitNeedInput) input: SubmitNeedInput,
  ): Promise<SubmitNeedPayload> {
    return { need: await submitNeed(context, input) };
  }
}
