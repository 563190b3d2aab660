import { FUNDS_NOW, insertStudyProgram, makeStudyProgram } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createFundsSubgraph } from "./subgraph";

const program = makeStudyProgram();
const { donor, project, study, investment, gift, phones, tuition, office } = program;

describe("createFundsSubgraph()", () => {
  let hub: SubgraphUnderTest;
  let publicHub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
    publicHub = await openSubgraph("funds", createFundsSubgraph, { callers: "public" });
    await insertStudyProgram(hub.subgraph.database.manager, program);
    await insertStudyProgram(publicHub.subgraph.database.manager, program);
  });

  afterAll(async () => {
    await hub.close();
    await publicHub.close();
  });

  it("answers a fund with every field, the same for the public as for staff", async () => {
    const query = `query ($id: ID!) { fund(id: $id) {
      id ownerMember version createdAt updatedAt name kind status currency
      livelihoodFloor { amountMinor currency }
      restriction { categories areas { code } validFrom validTo }
      manager { id } custodian { id } supervisors { id }
      balances {
        available { amountMinor currency } reserved { amountMinor } committed { amountMinor }
        inTransit { amountMinor } goods { amountMinor } spent { amountMinor }
      }
      donations { totalCount nodes { id } }
      allocations { totalCount edges { node { id } } }
      history { version at organization role changedFields }
    } }`;
    const { data, errors } = await hub.ask(query, { id: study.id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      fund: {
        id: study.id,
        ownerMember: "zz-industry-fund",
        version: 1,
        createdAt: FUNDS_NOW.toISOString(),
        updatedAt: FUNDS_NOW.toISOString(),
        name: "Study Program Fund",
        kind: "CHARITABLE",
        status: "ACTIVE",
        currency: "CNY",
        livelihoodFloor: { amountMinor: "5000", currency: "CNY" },
        restriction: {
          categories: ["STUDY_SUPPORT", "CHILD_CARE"],
          areas: [{ code: "430225" }, { code: "430224" }],
          validFrom: "2026-01-01",
          validTo: "2027-12-31",
        },
        manager: { id: study.managerId },
        custodian: { id: study.custodianId },
        supervisors: study.supervisorIds.map((id) => ({ id })),
        balances: {
          // 10 000 received - 300 reserved - 2 000 committed - 500 in transit - 1 500 spent
          available: { amountMinor: "5700", currency: "CNY" },
          reserved: { amountMinor: "300" },
          committed: { amountMinor: "2000" },
          inTransit: { amountMinor: "500" },
          goods: { amountMinor: "3667700000" },
          spent: { amountMinor: "1500" },
        },
        donations: { totalCount: 2, nodes: [{ id: gift.id }, { id: phones.id }] },
        allocations: { totalCount: 2, edges: [{ node: { id: tuition.id } }, { node: { id: office.id } }] },
        history: [
          {
            version: 1,
            at: FUNDS_NOW.toISOString(),
            organization: "zz-alliance",
            role: "ALLIANCE_SECRETARIAT",
            changedFields: ["name", "kind"],
          },
          {
            version: 2,
            at: FUNDS_NOW.toISOString(),
            organization: "zz-alliance",
            role: "ALLIANCE_SECRETARIAT",
            changedFields: ["status"],
          },
        ],
      },
    });
    expect(await publicHub.ask(query, { id: study.id })).toEqual({ data });
  });

  it("lists funds by name, filtered by kind and status", async () => {
    const { data } = await hub.ask(`{
      all: funds { totalCount nodes { name } }
      kind: funds(filter: { kind: INDUSTRIAL_INVESTMENT }) { totalCount nodes { name } }
      status: funds(filter: { status: ACTIVE }) { nodes { name } }
      both: funds(filter: { kind: INDUSTRIAL_INVESTMENT, status: ACTIVE }) { totalCount nodes { name } }
    }`);
    expect(data).toEqual({
      all: { totalCount: 2, nodes: [{ name: "Industrial Investment Fund" }, { name: "Study Program Fund" }] },
      kind: { totalCount: 1, nodes: [{ name: "Industrial Investment Fund" }] },
      status: { nodes: [{ name: "Study Program Fund" }] },
      both: { totalCount: 0, nodes: [] },
    });
  });

  it("answers a donation of money and one of goods with every field", async () => {
    const query = `query ($gift: ID!, $phones: ID!) {
      gift: donation(id: $gift) {
        fund { id } kind donorOrganization { id } anonymous amount { amountMinor currency } goods { unit } earmark { category }
        receivedAt receiptNumber refundedAt effectiveAt recordedAt
      }
      phones: donation(id: $phones) {
        kind donorOrganization { id } goods { itemCode unit quantity } earmark { category divisionPrefix project { id } }
      }
    }`;
    const { data, errors } = await publicHub.ask(query, { gift: gift.id, phones: phones.id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      gift: {
        fund: { id: study.id },
        kind: "DONATION",
        donorOrganization: { id: donor },
        anonymous: false,
        amount: { amountMinor: "10000", currency: "CNY" },
        goods: null,
        earmark: null,
        receivedAt: FUNDS_NOW.toISOString(),
        receiptNumber: "2026-0001",
        refundedAt: null,
        effectiveAt: FUNDS_NOW.toISOString(),
        recordedAt: FUNDS_NOW.toISOString(),
      },
      phones: {
        kind: "IN_KIND",
        donorOrganization: null,
        goods: { itemCode: "1010101", unit: "PIECE", quantity: "36677" },
        earmark: { category: "STUDY_SUPPORT", divisionPrefix: "430225", project: { id: project } },
      },
    });
  });

  it("lists donations newest first, filtered by fund, kind and donor", async () => {
    const { data, errors } = await hub.ask(
      `query ($study: ID!, $other: ID!, $donor: ID!) {
        all: donations { nodes { id } }
        fund: donations(filter: { fund: $study }) { totalCount }
        otherFund: donations(filter: { fund: $other }) { totalCount }
        kind: donations(filter: { kind: IN_KIND }) { nodes { id } }
        donor: donations(filter: { donorOrganization: $donor }) { totalCount nodes { id } }
      }`,
      { study: study.id, other: investment.id, donor },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      all: { nodes: [{ id: gift.id }, { id: phones.id }] },
      fund: { totalCount: 2 },
      otherFund: { totalCount: 0 },
      kind: { nodes: [{ id: phones.id }] },
      donor: { totalCount: 1, nodes: [{ id: gift.id }] },
    });
  });

  it("answers an allocation to a match and one to management cost with every field", async () => {
    const query = `query ($tuition: ID!, $office: ID!) {
      tuition: allocation(id: $tuition) { ...fields }
      office: allocation(id: $office) { ...fields }
    }
    fragment fields on Allocation {
      fund { id } target { kind id } amount { amountMinor currency } status category line township { code } project { id }
      reservedUntil disbursed { amountMinor currency } remaining { amountMinor currency } reason
    }`;
    const { data, errors } = await publicHub.ask(query, { tuition: tuition.id, office: office.id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      tuition: {
        fund: { id: study.id },
        target: { kind: "MATCH", id: tuition.target.id },
        amount: { amountMinor: "4000", currency: "CNY" },
        status: "PARTLY_DISBURSED",
        category: "STUDY_SUPPORT",
        line: "L",
        township: { code: "430225102" },
        project: { id: project },
        reservedUntil: null,
        disbursed: { amountMinor: "1500", currency: "CNY" },
        remaining: { amountMinor: "2500", currency: "CNY" },
        reason: "tuition of the first term",
      },
      office: {
        fund: { id: study.id },
        target: { kind: "MANAGEMENT_COST", id: null },
        amount: { amountMinor: "300", currency: "CNY" },
        status: "RESERVED",
        category: null,
        line: null,
        township: null,
        project: null,
        reservedUntil: "2026-11-08T00:00:00.000Z",
        disbursed: { amountMinor: "0", currency: "CNY" },
        remaining: { amountMinor: "300", currency: "CNY" },
        reason: null,
      },
    });
  });

  it("lists allocations newest first, filtered by fund, status, project and category", async () => {
    const { data, errors } = await hub.ask(
      `query ($study: ID!, $other: ID!, $project: ID!) {
        all: allocations { nodes { id } }
        fund: allocations(filter: { fund: $study }) { totalCount }
        otherFund: allocations(filter: { fund: $other }) { totalCount }
        status: allocations(filter: { status: RESERVED }) { nodes { id } }
        project: allocations(filter: { project: $project }) { nodes { id } }
        category: allocations(filter: { category: STUDY_SUPPORT }) { nodes { id } }
        none: allocations(filter: { project: $project, status: RESERVED }) { totalCount }
      }`,
      { study: study.id, other: investment.id, project },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      all: { nodes: [{ id: tuition.id }, { id: office.id }] },
      fund: { totalCount: 2 },
      otherFund: { totalCount: 0 },
      status: { nodes: [{ id: office.id }] },
      project: { nodes: [{ id: tuition.id }] },
      category: { nodes: [{ id: tuition.id }] },
      none: { totalCount: 0 },
    });
  });
});
