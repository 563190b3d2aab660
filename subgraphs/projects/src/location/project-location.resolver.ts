import { FieldResolver, Resolver, Root } from "type-graphql";
import { AdminDivision, referToDivision } from "../admin-division/admin-division.stub";
import { ProjectLocation } from "./project-location.entity";

@Resolver(() => ProjectLocation)
export class ProjectLocationResolver {
  @FieldResolver(() => AdminDivision, { nullable: true })
  division(@Root() location: ProjectLocation): AdminDivision | null {
    return referToDivision(location.divisionCode);
  }
}
