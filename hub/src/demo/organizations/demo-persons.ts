import { Person } from "@alliance-hub/organizations/person/person.entity";
import { RoleGrant } from "@alliance-hub/organizations/role-grant/role-grant.entity";
import { Role, RoleGrantStatus, ScopeKind } from "@alliance-hub/organizations/role-grant/role-grant-lists";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeRow } from "../demo-batch";
import { addDays } from "../demo-calendar";
import { makeDemoId } from "../demo-id";
import type { DemoPlan } from "../demo-plan";
import { fundIdOf } from "../funds/demo-funds";
import { projectIdOf } from "../projects/demo-projects";
import { RandomStream } from "../random-stream";
import { organizationIdOf } from "./demo-organizations";
import { drawPersonName } from "./demo-person-names";
import { ORGANIZATIONS } from "./organization-list";
import { type ListedPerson, PERSONS } from "./person-list";

/** A grant lasts at most twelve months (setting role.maxMonths). */
const GRANT_DAYS = 365;
const EXPIRED_DAYS_AGO = 40;
const COURSE = "grassroots-officer-basics";
/** Roles that work only after training. */
const TRAINED: readonly Role[] = [
  Role.VILLAGE_OFFICER,
  Role.TOWNSHIP_OFFICER,
  Role.COUNTY_OFFICER,
  Role.CITY_OFFICER,
  Role.INSPECTOR,
  Role.AUDITOR,
];

/** Has not finished the course yet. */
const LAST_VILLAGE_OFFICER = PERSONS.findLastIndex(({ role }) => role === Role.VILLAGE_OFFICER);

export function generatePersons(plan: DemoPlan): Person[] {
  return PERSONS.map((listed, index) => {
    const random = new RandomStream(plan.seed, `person-name/${index}`);
    const owner = ownerOfEmployer(listed);
    return makeRow(Person, {
      ...newRow(personIdOf(plan, index), owner, registeredAt(plan)),
      displayName: drawPersonName(random),
      organizationId: organizationIdOf(plan, listed.employer),
    });
  });
}

/** One grant for each person. */
export function generateRoleGrants(plan: DemoPlan): RoleGrant[] {
  return PERSONS.map((listed, index) => {
    const random = new RandomStream(plan.seed, `role-grant/${index}`);
    const isExpired = listed.hasExpired === true;
    const daysAgo = isExpired ? GRANT_DAYS + EXPIRED_DAYS_AGO : random.nextBetween(20, 300);
    const validFrom = plan.calendar.instantBefore(daysAgo);
    const isPending = index === LAST_VILLAGE_OFFICER;
    const status = isPending
      ? RoleGrantStatus.PENDING_TRAINING
      : isExpired
        ? RoleGrantStatus.EXPIRED
        : RoleGrantStatus.ACTIVE;
    const validTo = addDays(validFrom, GRANT_DAYS);
    return makeRow(RoleGrant, {
      ...newRow(makeDemoId(listed.governor, "RoleGrant", validFrom, random), listed.governor, validFrom),
      version: isExpired ? 2 : 1,
      updatedAt: isExpired ? validTo : validFrom,
      personId: personIdOf(plan, index),
      role: listed.role,
      scope: { kind: listed.scopeKind, ref: scopeRefOf(plan, listed) },
      status,
      validFrom,
      validTo,
      requiresTraining: TRAINED.includes(listed.role) ? COURSE : null,
      grantedById: personIdOf(plan, findGrantor(listed, index)),
      reason: null,
    });
  });
}

/**
 * Who may grant: for an organization and its projects its administrator, for a division an officer one level up, for the rest,
 * and where nobody of that kind is among the sixty, the alliance's secretariat. Never the person itself.
 */
function findGrantor({ role, scopeKind, scope, governor }: ListedPerson, index: number): number {
  const isGrantor = (candidate: ListedPerson): boolean => {
    switch (scopeKind) {
      case ScopeKind.ORGANIZATION:
      case ScopeKind.PROJECT:
        return role !== Role.ORG_ADMIN && candidate.role === Role.ORG_ADMIN && candidate.employer === governor;
      case ScopeKind.DIVISION:
        return scope.length > 6
          ? candidate.role === Role.COUNTY_OFFICER && candidate.scope === scope.slice(0, 6)
          : candidate.role === Role.CITY_OFFICER && !scope.endsWith("00");
      default:
        return false;
    }
  };
  const found = PERSONS.findIndex((candidate, other) => other !== index && isGrantor(candidate));
  const secretary = PERSONS.findIndex(
    (candidate, other) => other !== index && candidate.role === Role.ALLIANCE_SECRETARIAT,
  );
  return found === -1 ? secretary : found;
}

function personIdOf(plan: DemoPlan, index: number): string {
  const owner = ownerOfEmployer(PERSONS[index] as ListedPerson);
  return makeDemoId(owner, "Person", registeredAt(plan), new RandomStream(plan.seed, `person/${index}`));
}

/** A person belongs to the member of the employer: the owner of the organization's row. */
function ownerOfEmployer({ employer }: ListedPerson): string {
  return ORGANIZATIONS.find(({ code }) => code === employer)?.owner ?? employer;
}

function registeredAt(plan: DemoPlan): Date {
  return plan.calendar.instantBefore(1_300);
}

function scopeRefOf(plan: DemoPlan, { scopeKind, scope }: ListedPerson): string {
  switch (scopeKind) {
    case ScopeKind.ORGANIZATION:
      return organizationIdOf(plan, scope);
    case ScopeKind.PROJECT:
      return projectIdOf(plan, scope);
    case ScopeKind.FUND:
      return fundIdOf(plan, scope);
    default:
      return scope;
  }
}
