import type { Household } from "@alliance-hub/needs/household/household.entity";
import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { Role } from "@alliance-hub/organizations/role-grant/role-grant-lists";
import { ProjectStatus } from "@alliance-hub/projects/project/project-lists";
import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { makeRow } from "./demo-batch";
import type { DemoPlan } from "./demo-plan";
import { generateFunds } from "./funds/demo-funds";
import type { DemoNeed } from "./needs/demo-needs";
import { organizationIdOf } from "./organizations/demo-organizations";
import { generateProjects } from "./projects/demo-projects";

/** Whoever changes a row by a timer or as an effect of something else. */
const SYSTEM = "SYSTEM";

/** Who leads a need into a state. */
const NEED_ROLES: Readonly<Record<NeedStatus, string>> = {
  DRAFT: Role.VILLAGE_OFFICER,
  SUBMITTED: Role.VILLAGE_OFFICER,
  VERIFIED_VILLAGE: Role.VILLAGE_OFFICER,
  VERIFIED_TOWNSHIP: Role.TOWNSHIP_OFFICER,
  VERIFIED_COUNTY: Role.COUNTY_OFFICER,
  VERIFIED_CITY: Role.CITY_OFFICER,
  RETURNED: Role.TOWNSHIP_OFFICER,
  PUBLISHED: Role.COUNTY_OFFICER,
  SUSPENDED: Role.COUNTY_OFFICER,
  FULFILLED: SYSTEM,
  CLOSED: SYSTEM,
  REJECTED_FALSE: Role.TOWNSHIP_OFFICER,
  WITHDRAWN: Role.VILLAGE_OFFICER,
  EXPIRED: SYSTEM,
  MERGED: Role.COUNTY_OFFICER,
};

const NEED_FIELDS: Partial<Record<NeedStatus, readonly string[]>> = {
  VERIFIED_COUNTY: ["status", "noticeEndsAt", "publicDescription"],
  PUBLISHED: ["status", "publishedAt", "expiresAt"],
  RETURNED: ["status", "statusReason"],
  REJECTED_FALSE: ["status", "statusReason"],
  SUSPENDED: ["status", "statusReason"],
  WITHDRAWN: ["status", "statusReason"],
  MERGED: ["status", "statusReason", "mergedInto"],
};

/** A household was registered; nothing of it changed since. */
export function generateHouseholdHistory(plan: DemoPlan, household: Household): HistoryEntry {
  return makeRow(HistoryEntry, {
    entityId: household.id,
    version: 1,
    at: household.createdAt,
    organization: organizationIdOf(plan, household.ownerMember),
    role: Role.VILLAGE_OFFICER,
    changedFields: ["village", "status", "attribute", "mainCause", "size"],
  });
}

/** One entry for each version of the need, the creation first. */
export function generateNeedHistory(plan: DemoPlan, { need, life }: DemoNeed): HistoryEntry[] {
  const county = organizationIdOf(plan, need.ownerMember);
  const city = organizationIdOf(plan, "zhuzhou-city");
  const created = makeRow(HistoryEntry, {
    entityId: need.id,
    version: 1,
    at: life.createdAt,
    organization: county,
    role: NEED_ROLES.DRAFT,
    changedFields: ["subject", "village", "category", "title", "urgency", "origin", "items", "status"],
  });
  const changes = life.steps.map(({ to, at }, index) =>
    makeRow(HistoryEntry, {
      entityId: need.id,
      version: index + 2,
      at,
      organization: to === NeedStatus.VERIFIED_CITY ? city : county,
      role: NEED_ROLES[to],
      changedFields: [...(NEED_FIELDS[to] ?? ["status"])],
    }),
  );
  return [created, ...changes];
}

/** The first and the last version of each project. */
export function generateProjectHistory(plan: DemoPlan): HistoryEntry[] {
  return generateProjects(plan).flatMap((project) => {
    const entry = (version: number, at: Date, role: string, changedFields: string[]): HistoryEntry =>
      makeRow(HistoryEntry, {
        entityId: project.id,
        version,
        at,
        organization: project.leadOrganizationId,
        role,
        changedFields,
      });
    const proposed = entry(1, project.createdAt, Role.PROJECT_COORDINATOR, [
      "title",
      "summary",
      "category",
      "leadOrganization",
      "partners",
      "locations",
      "plannedNeeds",
      "status",
    ]);
    if (project.version === 1) {
      return [proposed];
    }
    const isSuspended = project.status === ProjectStatus.SUSPENDED;
    const fields = isSuspended ? ["status", "suspendedFrom"] : ["status"];
    return [
      proposed,
      entry(project.version, project.updatedAt, isSuspended ? Role.COUNTY_OFFICER : Role.PROJECT_COORDINATOR, fields),
    ];
  });
}

/** Each fund was created and then activated by the alliance. */
export function generateFundHistory(plan: DemoPlan): HistoryEntry[] {
  const organization = organizationIdOf(plan, "zz-alliance");
  return generateFunds(plan).flatMap((fund) => [
    makeRow(HistoryEntry, {
      entityId: fund.id,
      version: 1,
      at: fund.createdAt,
      organization,
      role: Role.ALLIANCE_SECRETARIAT,
      changedFields: [
        "name",
        "kind",
        "restriction",
        "manager",
        "custodian",
        "supervisors",
        "currency",
        "livelihoodFloor",
        "status",
      ],
    }),
    makeRow(HistoryEntry, {
      entityId: fund.id,
      version: fund.version,
      at: fund.updatedAt,
      organization,
      role: Role.ALLIANCE_SECRETARIAT,
      changedFields: ["status"],
    }),
  ]);
}
