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
import { Allocation } from "./allocation/allocation.entity";
import { allocationByIdLoader } from "./allocation/allocation.loader";
import { AllocationResolver } from "./allocation/allocation.resolver";
import { Donation } from "./donation/donation.entity";
import { donationByIdLoader } from "./donation/donation.loader";
import { DonationResolver } from "./donation/donation.resolver";
import { Fund } from "./fund/fund.entity";
import { fundByIdLoader } from "./fund/fund.loader";
import { FundResolver, FundRestrictionResolver } from "./fund/fund.resolver";
import { FundingLineResolver } from "./funding/funding-line.resolver";
import { CreateFunds1761955200000 } from "./migrations/1761955200000-create-funds";
import { NeedResolver } from "./need/need.resolver";
import { makeNeed, Need } from "./need/need.stub";
import { OrganizationResolver } from "./organization/organization.resolver";
import { makeOrganization, Organization } from "./organization/organization.stub";
import { ProjectResolver } from "./project/project.resolver";
import { makeProject, Project } from "./project/project.stub";

export const FUNDS_SUBGRAPH: SubgraphDefinition = {
  name: "funds",
  entities: [Fund, Donation, Allocation, HistoryEntry, IdempotencyRecord, OutboxMessage],
  migrations: [CreateSharedTables1700000000000, CreateFunds1761955200000],
  resolvers: [
    FundResolver,
    FundRestrictionResolver,
    DonationResolver,
    AllocationResolver,
    FundingLineResolver,
    OrganizationResolver,
    NeedResolver,
    ProjectResolver,
  ],
  // No root field leads to a need: only references do. The others stand here because fields are added to them.
  orphanedTypes: [Need, Organization, Project],
  references: {
    Fund: ({ id }, context) => context.loader(fundByIdLoader).load(String(id)),
    Donation: ({ id }, context) => context.loader(donationByIdLoader).load(String(id)),
    Allocation: ({ id }, context) => context.loader(allocationByIdLoader).load(String(id)),
    Organization: ({ id }) => makeOrganization(String(id)),
    Need: ({ id }) => makeNeed(String(id)),
    Project: ({ id }) => makeProject(String(id)),
  },
};

/** The funds subgraph, connected and migrated; it does not listen. @throws DatabaseUnavailable */
export function createFundsSubgraph(options: SubgraphOptions): Promise<Subgraph> {
  return createSubgraph(FUNDS_SUBGRAPH, options);
}
