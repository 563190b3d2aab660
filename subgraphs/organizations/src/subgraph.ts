// Before every class: the decorators below leave their types with it.
import "reflect-metadata";
import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { IdempotencyRecord } from "@alliance-hub/shared/database/idempotency-record.entity";
import { CreateSharedTables1700000000000 } from "@alliance-hub/shared/database/migrations/1700000000000-create-shared-tables";
import { OutboxMessage } from "@alliance-hub/shared/database/outbox-message.entity";
import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
  type SubgraphOptions,
} from "@alliance-hub/shared/server/subgraph";
import { AdminDivision } from "./admin-division/admin-division.entity";
import { AdminDivisionResolver } from "./admin-division/admin-division.resolver";
import { resolveDivisionReference } from "./admin-division/admin-division.service";
import { Membership } from "./membership/membership.entity";
import { membershipByIdLoader } from "./membership/membership.loader";
import { MembershipResolver } from "./membership/membership.resolver";
import { CreateOrganizations1761955200000 } from "./migrations/1761955200000-create-organizations";
import { Organization } from "./organization/organization.entity";
import { organizationByIdLoader } from "./organization/organization.loader";
import { OrganizationResolver } from "./organization/organization.resolver";
import { Partition } from "./partition/partition.entity";
import { partitionByIdLoader } from "./partition/partition.loader";
import { InstanceResolver, PartitionResolver } from "./partition/partition.resolver";
import { Person } from "./person/person.entity";
import { PersonResolver } from "./person/person.resolver";
import { resolvePersonReference } from "./person/person.service";
import { RoleGrant } from "./role-grant/role-grant.entity";
import { RoleGrantResolver } from "./role-grant/role-grant.resolver";
import { resolveRoleGrantReference } from "./role-grant/role-grant.service";

export const ORGANIZATIONS_SUBGRAPH: SubgraphDefinition = {
  name: "organizations",
  entities: [
    AdminDivision,
    Organization,
    Membership,
    Person,
    RoleGrant,
    Partition,
    HistoryEntry,
    IdempotencyRecord,
    OutboxMessage,
  ],
  migrations: [CreateSharedTables1700000000000, CreateOrganizations1761955200000],
  resolvers: [
    AdminDivisionResolver,
    OrganizationResolver,
    MembershipResolver,
    PersonResolver,
    RoleGrantResolver,
    PartitionResolver,
    InstanceResolver,
  ],
  references: {
    AdminDivision: ({ code, id }, context) => resolveDivisionReference(context, { code, id }),
    Organization: ({ id }, context) => context.loader(organizationByIdLoader).load(String(id)),
    Membership: ({ id }, context) => context.loader(membershipByIdLoader).load(String(id)),
    Person: ({ id }, context) => resolvePersonReference(context, String(id)),
    RoleGrant: ({ id }, context) => resolveRoleGrantReference(context, String(id)),
    Partition: ({ id }, context) => context.loader(partitionByIdLoader).load(String(id)),
  },
};

/** The organizations subgraph, connected and migrated; it does not listen. @throws DatabaseUnavailable */
export function createOrganizationsSubgraph(options: SubgraphOptions): Promise<Subgraph> {
  return createSubgraph(ORGANIZATIONS_SUBGRAPH, options);
}
