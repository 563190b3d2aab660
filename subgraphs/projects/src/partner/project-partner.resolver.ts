import { FieldResolver, Resolver, Root } from "type-graphql";
import { Organization, referToOrganization } from "../organization/organization.stub";
import { ProjectPartner } from "./project-partner.entity";

@Resolver(() => ProjectPartner)
export class ProjectPartnerResolver {
  @FieldResolver(() => Organization, { nullable: true })
  organization(@Root() partner: ProjectPartner): Organization | null {
    return referToOrganization(partner.organizationId);
  }
}
