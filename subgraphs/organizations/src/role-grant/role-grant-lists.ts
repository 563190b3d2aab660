import { registerEnumType } from "type-graphql";

export enum Role {
  VILLAGE_OFFICER = "VILLAGE_OFFICER",
  TOWNSHIP_OFFICER = "TOWNSHIP_OFFICER",
  COUNTY_OFFICER = "COUNTY_OFFICER",
  CITY_OFFICER = "CITY_OFFICER",
  ORG_ADMIN = "ORG_ADMIN",
  ORG_CASEWORKER = "ORG_CASEWORKER",
  ORG_FINANCE = "ORG_FINANCE",
  PROJECT_COORDINATOR = "PROJECT_COORDINATOR",
  FUND_MANAGER = "FUND_MANAGER",
  FUND_CUSTODIAN = "FUND_CUSTODIAN",
  FUND_SUPERVISOR = "FUND_SUPERVISOR",
  INSPECTOR = "INSPECTOR",
  AUDITOR = "AUDITOR",
  ALLIANCE_SECRETARIAT = "ALLIANCE_SECRETARIAT",
  MEDIA_OBSERVER = "MEDIA_OBSERVER",
}

registerEnumType(Role, { name: "Role", description: "What a grant lets a person do, inside its scope." });

export enum ScopeKind {
  DIVISION = "DIVISION",
  ORGANIZATION = "ORGANIZATION",
  PROJECT = "PROJECT",
  FUND = "FUND",
  ALLIANCE = "ALLIANCE",
}

registerEnumType(ScopeKind, { name: "ScopeKind", description: "What a grant's scope refers to." });

export enum RoleGrantStatus {
  PENDING_TRAINING = "PENDING_TRAINING",
  ACTIVE = "ACTIVE",
  EXPIRED = "EXPIRED",
  REVOKED = "REVOKED",
}

registerEnumType(RoleGrantStatus, { name: "RoleGrantStatus", description: "State of a grant." });
