import { Membership } from "@alliance-hub/organizations/membership/membership.entity";
import { MembershipStatus, MembershipTier } from "@alliance-hub/organizations/membership/membership-lists";
import { Organization } from "@alliance-hub/organizations/organization/organization.entity";
import { OrganizationStatus, RegulatoryStatus } from "@alliance-hub/organizations/organization/organization-lists";
import { Partition } from "@alliance-hub/organizations/partition/partition.entity";
import { PartitionState, SubgraphName } from "@alliance-hub/organizations/partition/partition-lists";
import { ORGANIZATION_TYPES, OrganizationType } from "@alliance-hub/shared/code-lists/organization-type";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeUscc } from "@alliance-hub/shared/identifiers/uscc";
import { invariant } from "@alliance-hub/shared/invariant";
import { makeRow } from "../demo-batch";
import { makeDemoId } from "../demo-id";
import { type DemoPlan, namedIdOf } from "../demo-plan";
import { RandomStream } from "../random-stream";
import { type ListedOrganization, MEMBERS, ORGANIZATIONS } from "./organization-list";

const ALLIANCE = "zz-alliance";
const FOUNDED_DAYS_AGO = 1_440;

/** The id of an organization of the list. */
export function organizationIdOf(plan: DemoPlan, code: string): string {
  return namedIdOf(plan, `organization/${code}`, () => {
    const listed = ORGANIZATIONS.find((organization) => organization.code === code);
    invariant(listed !== undefined, `the demo has no organization ${code}`);
    const random = new RandomStream(plan.seed, `organization/${code}`);
    return makeDemoId(listed.owner, "Organization", registeredAtOf(plan, listed), random);
  });
}

export function generateOrganizations(plan: DemoPlan): Organization[] {
  return ORGANIZATIONS.map((listed, index) => {
    const registeredAt = registeredAtOf(plan, listed);
    return makeRow(Organization, {
      ...newRow(organizationIdOf(plan, listed.code), listed.owner, registeredAt),
      uscc: makeUsccOf(listed, index),
      legalName: listed.legalName,
      nameEn: listed.nameEn,
      type: listed.type,
      status: OrganizationStatus.REGISTERED,
      registeredAtCode: listed.registeredAt,
      serviceAreaCodes: [...listed.serviceArea],
      yearlyIncomeMinor: String(listed.yearlyIncomeYuan * 100),
      staffCount: listed.staff,
      regulatoryStatus: RegulatoryStatus.NORMAL,
      publicFundraisingQualified: listed.isPublicFundraiser ?? false,
      grade: listed.grade ?? null,
      gradeValidUntil: listed.grade === undefined ? null : plan.calendar.dateBefore(-700),
      sponsorId: listed.sponsor === undefined ? null : organizationIdOf(plan, listed.sponsor),
      // Numbers that begin with 100 are given to nobody.
      contact: `100${String(10_000_000 + index * 37)}`,
    });
  });
}

/** Every member joined on a day of its own, the alliance first. */
export function generateMemberships(plan: DemoPlan): Membership[] {
  return MEMBERS.map((listed, index) => {
    const daysAgo = FOUNDED_DAYS_AGO - index * 30;
    const joinedAt = plan.calendar.instantBefore(daysAgo);
    const id = makeDemoId(ALLIANCE, "Membership", joinedAt, new RandomStream(plan.seed, `membership/${listed.code}`));
    return makeRow(Membership, {
      // Version 2: APPLIED, then ACTIVE.
      ...newRow(id, ALLIANCE, joinedAt),
      version: 2,
      organizationId: organizationIdOf(plan, listed.code),
      memberCode: listed.code,
      tier: listed.code === "caring-volunteers" ? MembershipTier.ASSOCIATE : MembershipTier.FULL,
      status: MembershipStatus.ACTIVE,
      joinedOn: plan.calendar.dateBefore(daysAgo),
      endedOn: null,
      effectiveAt: joinedAt,
      recordedAt: joinedAt,
    });
  });
}

/** One partition for each member and subgraph, all served by the alliance's instance. */
export function generatePartitions(plan: DemoPlan): Partition[] {
  const since = plan.calendar.instantBefore(FOUNDED_DAYS_AGO);
  const operatorId = organizationIdOf(plan, ALLIANCE);
  return MEMBERS.flatMap(({ code }) =>
    Object.values(SubgraphName).map((subgraph) => {
      const random = new RandomStream(plan.seed, `partition/${code}/${subgraph}`);
      return makeRow(Partition, {
        ...newRow(makeDemoId(ALLIANCE, "Partition", since, random), ALLIANCE, since),
        member: code,
        subgraph,
        instance: { code: "alliance", operatorId, url: null },
        epoch: 1,
        state: PartitionState.SERVING,
        moveDeadline: null,
      });
    }),
  );
}

function registeredAtOf(plan: DemoPlan, listed: ListedOrganization): Date {
  return plan.calendar.instantBefore(FOUNDED_DAYS_AGO + 10 - MEMBERS.indexOf(listed));
}

const USCC_BODIES: Partial<Record<OrganizationType, string>> = { GOVERNMENT: "MB", VILLAGE_BODY: "MF" };
const USCC_ENTERPRISE_BODY = "MA";
const USCC_SOCIAL_BODY = "MJ";

/** Registrar and kind by the type, then division and a running number, both check characters right. */
function makeUsccOf({ type, registeredAt, registrar: chosen }: ListedOrganization, index: number): string | null {
  if (type === OrganizationType.VOLUNTEER_GROUP) {
    return null;
  }
  const registrar = chosen ?? ORGANIZATION_TYPES[type].usccStarts[0];
  invariant(registrar !== undefined, `organizations of type ${type} have a credit code`);
  const kind = USCC_BODIES[type] ?? (registrar.startsWith("9") ? USCC_ENTERPRISE_BODY : USCC_SOCIAL_BODY);
  return makeUscc(registrar, registeredAt, `${kind}${String(index + 1).padStart(6, "0")}`);
}
