import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { Organization } from "./organization.entity";

export const organizationByIdLoader = rowLoader(Organization, "id");
