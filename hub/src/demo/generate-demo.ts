import { Allocation } from "@alliance-hub/funds/allocation/allocation.entity";
import { Donation } from "@alliance-hub/funds/donation/donation.entity";
import { Fund } from "@alliance-hub/funds/fund/fund.entity";
import { Household } from "@alliance-hub/needs/household/household.entity";
import { Need } from "@alliance-hub/needs/need/need.entity";
import { NeedItem } from "@alliance-hub/needs/need-item/need-item.entity";
import { AdminDivision } from "@alliance-hub/organizations/admin-division/admin-division.entity";
import { Membership } from "@alliance-hub/organizations/membership/membership.entity";
import { Organization } from "@alliance-hub/organizations/organization/organization.entity";
import { Partition } from "@alliance-hub/organizations/partition/partition.entity";
import { Person } from "@alliance-hub/organizations/person/person.entity";
import { RoleGrant } from "@alliance-hub/organizations/role-grant/role-grant.entity";
import { ProjectLocation } from "@alliance-hub/projects/location/project-location.entity";
import { Milestone } from "@alliance-hub/projects/milestone/milestone.entity";
import { ProjectPartner } from "@alliance-hub/projects/partner/project-partner.entity";
import { PlannedNeed } from "@alliance-hub/projects/planned-need/planned-need.entity";
import { Project } from "@alliance-hub/projects/project/project.entity";
import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import type { SharedSubgraphName } from "../alliance/shared-subgraphs";
import { type DemoBatch, inBatches } from "./demo-batch";
import {
  generateFundHistory,
  generateHouseholdHistory,
  generateNeedHistory,
  generateProjectHistory,
} from "./demo-history";
import { createPlan, type DemoInputs, type DemoPlan } from "./demo-plan";
import { generateAllocations } from "./funds/demo-allocations";
import { generateDonations } from "./funds/demo-donations";
import { generateFunds } from "./funds/demo-funds";
import { generateNeedsCopy } from "./needs/demo-needs";
import { generateDivisions } from "./organizations/demo-divisions";
import { generateMemberships, generateOrganizations, generatePartitions } from "./organizations/demo-organizations";
import { generatePersons, generateRoleGrants } from "./organizations/demo-persons";
import { generateLocations, generateMilestones, generatePartners, generateProjects } from "./projects/demo-projects";
import { generatePlannedNeeds } from "./projects/planned-needs";

/**
 * All rows of one subgraph in an order in which they can be inserted. Pure: the same inputs give the same rows, in every process
 * and on every machine. What scales is made copy by copy, so memory holds one copy at a time.
 */
export function generateDemo(inputs: DemoInputs, subgraph: SharedSubgraphName): Generator<DemoBatch> {
  const plan = createPlan(inputs);
  switch (subgraph) {
    case "organizations":
      return generateForOrganizations(plan);
    case "needs":
      return generateForNeeds(plan);
    case "projects":
      return generateForProjects(plan);
    case "funds":
      return generateForFunds(plan);
  }
}

function* generateForOrganizations(plan: DemoPlan): Generator<DemoBatch> {
  yield* inBatches(AdminDivision, generateDivisions(plan));
  yield* inBatches(Organization, generateOrganizations(plan));
  yield* inBatches(Membership, generateMemberships(plan));
  yield* inBatches(Person, generatePersons(plan));
  yield* inBatches(RoleGrant, generateRoleGrants(plan));
  yield* inBatches(Partition, generatePartitions(plan));
}

function* generateForNeeds(plan: DemoPlan): Generator<DemoBatch> {
  for (let copy = 0; copy < plan.scale; copy++) {
    const { households, needs } = generateNeedsCopy(plan, copy);
    yield* inBatches(Household, households, copy);
    yield* inBatches(
      Need,
      needs.map(({ need }) => need),
      copy,
    );
    yield* inBatches(
      NeedItem,
      needs.flatMap(({ items }) => items),
      copy,
    );
    yield* inBatches(
      HistoryEntry,
      households.map((household) => generateHouseholdHistory(plan, household)),
      copy,
    );
    yield* inBatches(
      HistoryEntry,
      needs.flatMap((need) => generateNeedHistory(plan, need)),
      copy,
    );
  }
}

function* generateForProjects(plan: DemoPlan): Generator<DemoBatch> {
  yield* inBatches(Project, generateProjects(plan));
  yield* inBatches(ProjectPartner, generatePartners(plan));
  yield* inBatches(ProjectLocation, generateLocations(plan));
  yield* inBatches(Milestone, generateMilestones(plan));
  yield* inBatches(HistoryEntry, generateProjectHistory(plan));
  for (let copy = 0; copy < plan.scale; copy++) {
    yield* inBatches(PlannedNeed, generatePlannedNeeds(plan, generateNeedsCopy(plan, copy).needs), copy);
  }
}

function* generateForFunds(plan: DemoPlan): Generator<DemoBatch> {
  yield* inBatches(Fund, generateFunds(plan));
  yield* inBatches(HistoryEntry, generateFundHistory(plan));
  for (let copy = 0; copy < plan.scale; copy++) {
    yield* inBatches(Donation, generateDonations(plan, copy), copy);
    yield* inBatches(Allocation, generateAllocations(plan, copy, generateNeedsCopy(plan, copy).needs), copy);
  }
}
