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
import { AdminDivisionResolver } from "./admin-division/admin-division.resolver";
import { referToDivision } from "./admin-division/admin-division.stub";
import { ProjectLocation } from "./location/project-location.entity";
import { ProjectLocationResolver } from "./location/project-location.resolver";
import { CreateProjects1761955200000 } from "./migrations/1761955200000-create-projects";
import { Milestone } from "./milestone/milestone.entity";
import { milestoneByIdLoader } from "./milestone/milestone.loader";
import { MilestoneResolver } from "./milestone/milestone.resolver";
import { NeedResolver } from "./need/need.resolver";
import { referToNeed } from "./need/need.stub";
import { OrganizationResolver } from "./organization/organization.resolver";
import { referToOrganization } from "./organization/organization.stub";
import { ProjectPartner } from "./partner/project-partner.entity";
import { ProjectPartnerResolver } from "./partner/project-partner.resolver";
import { PlannedNeed } from "./planned-need/planned-need.entity";
import { PlannedNeedResolver } from "./planned-need/planned-need.resolver";
import { Project } from "./project/project.entity";
import { projectByIdLoader } from "./project/project.loader";
import { ProjectResolver } from "./project/project.resolver";

export const PROJECTS_SUBGRAPH: SubgraphDefinition = {
  name: "projects",
  entities: [
    Project,
    ProjectPartner,
    ProjectLocation,
    PlannedNeed,
    Milestone,
    HistoryEntry,
    IdempotencyRecord,
    OutboxMessage,
  ],
  migrations: [CreateSharedTables1700000000000, CreateProjects1761955200000],
  resolvers: [
    ProjectResolver,
    ProjectPartnerResolver,
    ProjectLocationResolver,
    PlannedNeedResolver,
    MilestoneResolver,
    OrganizationResolver,
    AdminDivisionResolver,
    NeedResolver,
  ],
  references: {
    Project: ({ id }, context) => context.loader(projectByIdLoader).load(String(id)),
    Milestone: ({ id }, context) => context.loader(milestoneByIdLoader).load(String(id)),
    Organization: ({ id }) => referToOrganization(String(id)),
    AdminDivision: ({ code }) => referToDivision(String(code)),
    Need: ({ id }) => referToNeed(String(id)),
  },
};

/** The projects subgraph, connected and migrated; it does not listen. @throws DatabaseUnavailable */
export function createProjectsSubgraph(options: SubgraphOptions): Promise<Subgraph> {
  return createSubgraph(PROJECTS_SUBGRAPH, options);
}
