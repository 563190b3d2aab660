import { makeDonation, makeFund, organizationId } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { Donation } from "./donation/donation.entity";
import { Fund } from "./fund/fund.entity";
import { createFundsSubgraph } from "./subgraph";

const donor = organizationId();
const fund = makeFund();
const named = makeDonation(fund, { donorOrganizationId: donor, donorName: "Named Canary" });
const anonymous = makeDonation(fund, {
  donorOrganizationId: donor,
  donorName: "Anonymous Canary",
  anonymous: true,
  receivedAt: new Date("2026-10-01T00:00:00.000Z"),
});

describe.each(["public", "demo"] as const)("an anonymous donor, asked for by %s callers", (callers) => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph, { callers });
    await hub.subgraph.database.manager.insert(Fund, fund);
    await hub.subgraph.database.manager.insert(Donation, [named, anonymous]);
  });

  afterAll(() => hub.close());

  it("stays unknown in the donation itself, however it is reached", async () => {
    const { data, errors } = await hub.ask(
      `query ($id: ID!, $fund: ID!, $representations: [_Any!]!) {
        donation(id: $id) { ...donor }
        donations(last: 1) { nodes { ...donor } }
        fund(id: $fund) { donations(last: 1) { nodes { ...donor } } }
        _entities(representations: $representations) { ...donor }
      }
      fragment donor on Donation { id anonymous donorOrganization { id } }`,
      { id: anonymous.id, fund: fund.id, representations: [{ __typename: "Donation", id: anonymous.id }] },
    );
    const hidden = { id: anonymous.id, anonymous: true, donorOrganization: null };
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      donation: hidden,
      donations: { nodes: [hidden] },
      fund: { donations: { nodes: [hidden] } },
      _entities: [hidden],
    });
  });

  it("is not found by filter, by count or among the organization's donations", async () => {
    const { data, errors } = await hub.ask(
      `query ($donor: ID!, $representations: [_Any!]!) {
        donations(filter: { donorOrganization: $donor }) { totalCount nodes { id } pageInfo { hasNextPage } }
        page: donations(filter: { donorOrganization: $donor }, first: 1) { pageInfo { hasNextPage } }
        _entities(representations: $representations) {
          ... on Organization {
            donationsGiven { totalCount nodes { id } }
            page: donationsGiven(first: 1) { pageInfo { hasNextPage } }
          }
        }
      }`,
      { donor, representations: [{ __typename: "Organization", id: donor }] },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      donations: { totalCount: 1, nodes: [{ id: named.id }], pageInfo: { hasNextPage: false } },
      page: { pageInfo: { hasNextPage: false } },
      _entities: [
        { donationsGiven: { totalCount: 1, nodes: [{ id: named.id }] }, page: { pageInfo: { hasNextPage: false } } },
      ],
    });
  });

  it("has no name in the schema, and its gift still counts in the fund's balance", async () => {
    expect(hub.subgraph.sdl).not.toContain("donorName");
    const { data } = await hub.ask(
      "query ($id: ID!) { fund(id: $id) { balances { available { amountMinor } } donations { totalCount } } }",
      { id: fund.id },
    );
    expect(data).toEqual({ fund: { balances: { available: { amountMinor: "20000" } }, donations: { totalCount: 2 } } });
  });
});
