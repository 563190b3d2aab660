import { OrganizationType } from "@alliance-hub/shared/code-lists/organization-type";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { makeUscc } from "@alliance-hub/shared/identifiers/uscc";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { Membership } from "./membership/membership.entity";
import { MembershipStatus, MembershipTier } from "./membership/membership-lists";
import { Organization } from "./organization/organization.entity";
import { Grade, OrganizationStatus, RegulatoryStatus } from "./organization/organization-lists";
import { Partition } from "./partition/partition.entity";
import { PartitionState, SubgraphName } from "./partition/partition-lists";
import { Person } from "./person/person.entity";
import { RoleGrant } from "./role-grant/role-grant.entity";
import { Role, RoleGrantStatus, ScopeKind } from "./role-grant/role-grant-lists";
import { createOrganizationsSubgraph } from "./subgraph";

const NOW = new Date("2026-11-01T00:00:00.000Z");
const OWNER = "zz-alliance";

let serial = 0;

function organization(legalName: string, parts: Partial<Organization> = {}): Organization {
  serial += 1;
  return Object.assign(new Organization(), newRow(makeGlobalId(OWNER, "Organization"), OWNER, NOW), {
    uscc: makeUscc("51", "430200", `MJ${String(serial).padStart(6, "0")}`),
    legalName,
    nameEn: null,
    type: OrganizationType.CHAMBER_OF_COMMERCE,
    status: OrganizationStatus.REGISTERED,
    registeredAtCode: null,
    serviceAreaCodes: [],
    yearlyIncomeMinor: null,
    staffCount: null,
    regulatoryStatus: RegulatoryStatus.NORMAL,
    publicFundraisingQualified: false,
    grade: null,
    gradeValidUntil: null,
    sponsorId: null,
    contact: "0731-1000",
    ...parts,
  });
}

function membership(organizationId: string, parts: Partial<Membership> = {}): Membership {
  return Object.assign(new Membership(), newRow(makeGlobalId(OWNER, "Membership"), OWNER, NOW), {
    organizationId,
    memberCode: "shaoyang-chamber",
    tier: MembershipTier.FULL,
    status: MembershipStatus.ACTIVE,
    joinedOn: "2017-03-01",
    endedOn: null,
    effectiveAt: NOW,
    recordedAt: NOW,
    ...parts,
  });
}

function grant(personId: string, parts: Partial<RoleGrant> = {}): RoleGrant {
  return Object.assign(new RoleGrant(), newRow(makeGlobalId(OWNER, "RoleGrant"), OWNER, NOW), {
    personId,
    role: Role.COUNTY_OFFICER,
    scope: { kind: ScopeKind.DIVISION, ref: "430225" },
    status: RoleGrantStatus.ACTIVE,
    validFrom: new Date("2026-01-01T00:00:00.000Z"),
    validTo: new Date("2026-12-31T00:00:00.000Z"),
    requiresTraining: null,
    grantedById: null,
    reason: null,
    ...parts,
  });
}

describe("the registry", () => {
  let staff: SubgraphUnderTest;
  let open: SubgraphUnderTest;
  const chamber = organization("邵阳商会", { serviceAreaCodes: ["430200"], staffCount: 60, grade: Grade.A4 });
  const county = organization("炎陵县", { serviceAreaCodes: ["430225"], yearlyIncomeMinor: "100000000" });
  const person = Object.assign(new Person(), newRow(makeGlobalId(OWNER, "Person"), OWNER, NOW), {
    displayName: "CANARY-NAME",
    organizationId: county.id,
  });
  const partition = Object.assign(new Partition(), newRow(makeGlobalId(OWNER, "Partition"), OWNER, NOW), {
    member: "shaoyang-chamber",
    subgraph: SubgraphName.NEEDS,
    instance: { code: "alliance", operatorId: chamber.id, url: "https://internal.example/graphql" },
    epoch: 1,
    state: PartitionState.SERVING,
    moveDeadline: null,
  });
  const officer = grant(person.id);

  async function fill({ subgraph }: SubgraphUnderTest): Promise<void> {
    const { manager } = subgraph.database;
    await manager.insert(Organization, [chamber, county]);
    await manager.insert(Membership, membership(chamber.id));
    await manager.insert(Person, person);
    await manager.insert(RoleGrant, officer);
    await manager.insert(Partition, partition);
  }

  beforeAll(async () => {
    staff = await openSubgraph("organizations", createOrganizationsSubgraph);
    open = await openSubgraph("organizations", createOrganizationsSubgraph, { callers: "public" });
    await fill(staff);
    await fill(open);
  });

  afterAll(async () => {
    await staff.close();
    await open.close();
  });

  it("filters organizations by area, scale, grade and membership, all at once", async () => {
    const { data, errors } = await open.ask(`{
      near: organizations(filter: { area: "430225102" }) { nodes { legalName scale } }
      large: organizations(filter: { scale: LARGE }) { nodes { legalName } }
      medium: organizations(filter: { scale: MEDIUM }) { nodes { legalName } }
      graded: organizations(filter: { grade: A4, membershipStatus: ACTIVE, type: CHAMBER_OF_COMMERCE }) {
        nodes { legalName memberships { memberCode tier organization { legalName } } }
      }
      none: organizations(filter: { membershipStatus: EXPELLED }) { totalCount }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      near: {
        nodes: [
          { legalName: "炎陵县", scale: "MEDIUM" },
          { legalName: "邵阳商会", scale: "LARGE" },
        ],
      },
      large: { nodes: [{ legalName: "邵阳商会" }] },
      medium: { nodes: [{ legalName: "炎陵县" }] },
      graded: {
        nodes: [
          {
            legalName: "邵阳商会",
            memberships: [{ memberCode: "shaoyang-chamber", tier: "FULL", organization: { legalName: "邵阳商会" } }],
          },
        ],
      },
      none: { totalCount: 0 },
    });
  });

  it("finds an organization by credit code and refuses neither or both", async () => {
    const found = await open.ask(`{ organization(uscc: "${chamber.uscc}") { id } }`);
    expect(found.data).toEqual({ organization: { id: chamber.id } });
    const neither = await open.ask("{ organization { id } }");
    expect(neither.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: ["id", "uscc"] });
  });

  it("shows contacts and addresses of instances to staff only (P1)", async () => {
    const query = `{ organization(id: "${chamber.id}") { contact } partitions { nodes { member instance { code url operator { legalName } } } } }`;
    const expected = (contact: string | null, url: string | null) => ({
      organization: { contact },
      partitions: {
        nodes: [
          { member: "shaoyang-chamber", instance: { code: "alliance", url, operator: { legalName: "邵阳商会" } } },
        ],
      },
    });
    expect((await staff.ask(query)).data).toEqual(expected("0731-1000", "https://internal.example/graphql"));
    expect((await open.ask(query)).data).toEqual(expected(null, null));
  });

  it("hides persons and grants from the public, also behind references", async () => {
    const direct = await open.ask("{ roleGrants { totalCount } }");
    expect(direct.errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    expect((await open.ask(`{ person(id: "${person.id}") { id } }`)).errors?.[0]?.extensions).toMatchObject({
      code: "UNAUTHENTICATED",
    });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }`;
    const representations = [
      { __typename: "Person", id: person.id },
      { __typename: "RoleGrant", id: officer.id },
    ];
    expect((await open.ask(query, { representations })).data).toEqual({ _entities: [null, null] });
    expect((await staff.ask(query, { representations })).data).toEqual({
      _entities: [{ __typename: "Person" }, { __typename: "RoleGrant" }],
    });
  });

  it("has no personal field in its schema", () => {
    expect(staff.subgraph.sdl).not.toMatch(/displayName|grantedBy|personId/);
  });

  it("asks as often for many organizations as for one", async () => {
    const query = (first: number) =>
      `{ organizations(first: ${first}) { nodes { sponsor { id } serviceArea { name } memberships { id } } } }`;
    staff.countStatements();
    await staff.ask(query(1));
    const forOne = staff.countStatements();
    await staff.ask(query(100));
    expect(staff.countStatements()).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(4);
  });

  it("refuses a second use of credit code, member code and grant, and a foreign owner", async () => {
    const { manager } = staff.subgraph.database;
    const taken = organization("copy", { uscc: chamber.uscc });
    await expect(manager.insert(Organization, taken)).rejects.toThrow("organization_uscc_key");
    await expect(manager.insert(Membership, membership(county.id))).rejects.toThrow("membership_member_code_key");
    await expect(manager.insert(RoleGrant, grant(person.id))).rejects.toThrow("role_grant_periods_excl");
    await expect(
      manager.insert(RoleGrant, grant(person.id, { role: Role.AUDITOR, grantedById: person.id })),
    ).rejects.toThrow("role_grant_self_check");
    await expect(manager.insert(Organization, organization("foreign", { ownerMember: "other" }))).rejects.toThrow(
      "organization_owner_check",
    );
    await expect(manager.insert(Organization, organization("group", { uscc: null }))).rejects.toThrow(
      "organization_uscc_check",
    );
  });

  it("gives each organization exactly once on a walk in either direction (INV-33)", async () => {
    const names = fc.array(fc.constantFrom("a", "B", "b", "株", "ä"), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 5 }), async (legalNames, size) => {
        const { manager } = open.subgraph.database;
        await manager.query("DELETE FROM membership");
        await manager.query("DELETE FROM organization");
        const rows = legalNames.map((name) => organization(name));
        await manager.insert(Organization, rows);
        const expected = rows
          .map(({ legalName, id }) => `${Buffer.from(legalName).toString("hex")} ${id}`)
          .sort()
          .map((key) => key.split(" ")[1]);
        expect(await walk("first", "after", size)).toEqual(expected);
        expect((await walk("last", "before", size)).reverse()).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  async function walk(sizeArg: string, cursorArg: string, size: number): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const query = `query ($cursor: String) { organizations(${sizeArg}: ${size}, ${cursorArg}: $cursor) {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
      const { data } = await open.ask(query, { cursor });
      const { nodes, pageInfo } = (
        data as { organizations: { nodes: { id: string }[]; pageInfo: Record<string, string | boolean> } }
      ).organizations;
      const isForward = sizeArg === "first";
      seen.push(...(isForward ? nodes : [...nodes].reverse()).map((node) => node.id));
      if (!pageInfo[isForward ? "hasNextPage" : "hasPreviousPage"]) {
        return seen;
      }
      cursor = String(pageInfo[isForward ? "endCursor" : "startCursor"]);
    }
  }
});
