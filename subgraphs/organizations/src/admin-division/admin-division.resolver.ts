import { makeConnectionType, type Page } from "@alliance-hub/shared/lists/connection";
import { PageArgs, readPageArgs } from "@alliance-hub/shared/lists/page-args";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { MemberCodeScalar } from "@alliance-hub/shared/scalars/member-code.scalar";
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { AdminDivision } from "./admin-division.entity";
import { divisionByCodeLoader } from "./admin-division.loader";
import { code12Of, findDivision, findGoverningMember, listDivisions } from "./admin-division.service";
import { DivisionLevel } from "./division-level";

export const AdminDivisionConnection = makeConnectionType("AdminDivision", () => AdminDivision);

@Resolver(() => AdminDivision)
export class AdminDivisionResolver {
  @Query(() => AdminDivision, { nullable: true, description: "The division that had the code on a day." })
  adminDivision(
    @Ctx() context: RequestContext,
    @Arg("code", () => DivisionCodeScalar) code: string,
    @Arg("asOf", () => DateScalar, { nullable: true, description: "Business date; default today." }) asOf?:
      | string
      | null,
  ): Promise<AdminDivision | null> {
    return findDivision(context, code, asOf);
  }

  @Query(() => AdminDivisionConnection, { description: "Divisions in force on a day, by code." })
  adminDivisions(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("parent", () => DivisionCodeScalar, { nullable: true, description: "Only those directly below." })
    parent?: string | null,
    @Arg("level", () => DivisionLevel, { nullable: true }) level?: DivisionLevel | null,
    @Arg("asOf", () => DateScalar, { nullable: true, description: "Business date; default today." }) asOf?:
      | string
      | null,
  ): Promise<Page<AdminDivision>> {
    return listDivisions(context, { parent, level, asOf }, readPageArgs(page));
  }

  @FieldResolver(() => String, { description: "The code padded with zeros to twelve digits." })
  code12(@Root() division: AdminDivision): string {
    return code12Of(division);
  }

  @FieldResolver(() => AdminDivision, { nullable: true, description: "The division above." })
  parent(@Root() division: AdminDivision, @Ctx() context: RequestContext): Promise<AdminDivision | null> | null {
    return division.parentCode === null ? null : context.loader(divisionByCodeLoader).load(division.parentCode);
  }

  @FieldResolver(() => [AdminDivision], { description: "Divisions that took its place when the code ended." })
  async replacedBy(@Root() division: AdminDivision, @Ctx() context: RequestContext): Promise<AdminDivision[]> {
    const successors = await context.loader(divisionByCodeLoader).loadMany(division.replacedByCodes);
    return successors.filter((successor): successor is AdminDivision => successor instanceof AdminDivision);
  }

  @FieldResolver(() => MemberCodeScalar, {
    description: "The member that governs it: set here or at a division above.",
  })
  governingMember(@Root() division: AdminDivision, @Ctx() context: RequestContext): Promise<string> {
    return findGoverningMember(context, division);
  }
}
