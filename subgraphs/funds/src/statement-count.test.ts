import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { makeAllocation, makeDonation, makeFund, organizationId } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { Allocation } from "./allocation/allocation.entity";
import { Donation } from "./donation/donation.entity";
import { Fund } from "./fund/fund.entity";
import { createFundsSubgraph } from "./subgraph";

const ROWS = 20;
const manager = organizationId();
const funds = Array.from({ length: ROWS }, (_, index) => makeFund({ name: `Fund ${index}`, managerId: manager }));
const donors = funds.map(() => organizationId());
const needs = funds.map(() => makeGlobalId("yanling-county", "Need"));
const projects = funds.map(() => makeGlobalId("caring-volunteers", "Project"));

/** Statements of an operation on a page of two rows and on one of twenty. */
const OPERATIONS: readonly [name: string, statements: number, query: string][] = [
  [
    "funds with every nested list",
    11,
    `query ($n: Int!) { funds(first: $n) { totalCount nodes {
      balances { available { amountMinor } }
      donations(first: 2) { totalCount nodes { id fund { name } donorOrganization { id } earmark { project { id } } } }
      allocations(first: 2) { totalCount nodes { id fund { name } township { code } project { id } } }
      history { version }
    } } }`,
  ],
  [
    "donations with their funds' balances",
    3,
    `query ($n: Int!) { donations(first: $n) { nodes {
      fund { name balances { spent { amountMinor } } }
    } } }`,
  ],
  [
    "allocations with their funds' donations",
    4,
    `query ($n: Int!) { allocations(first: $n) { nodes {
      fund { donations(first: 1) { nodes { id } } }
    } } }`,
  ],
];

const REFERENCES: readonly [type: string, ids: readonly string[], statements: number, selection: string][] = [
  ["Fund", funds.map((fund) => fund.id), 1, "... on Fund { name }"],
  ["Organization", donors, 3, "... on Organization { donationsGiven(first: 2) { totalCount nodes { id } } }"],
  [
    "Organization",
    [manager, ...donors],
    3,
    "... on Organization { fundsManaged(first: 2) { totalCount nodes { id } } }",
  ],
  ["Need", needs, 2, "... on Need { funding { fund { name } reserved { amountMinor } } }"],
  [
    "Project",
    projects,
    3,
    "... on Project { funding { fund { balances { goods { amountMinor } } } disbursed { amountMinor } } }",
  ],
];

describe("SQL statements of an operation", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
    const rows = hub.subgraph.database.manager;
    await rows.insert(Fund, funds);
    await rows.insert(
      Donation,
      funds.flatMap((fund, index) =>
        [0, 1, 2].map(() =>
          makeDonation(fund, { donorOrganizationId: donors[index], earmarkProjectId: projects[index] }),
        ),
      ),
    );
    await rows.insert(
      Allocation,
      funds.flatMap((fund, index) =>
        [0, 1, 2].map(() => makeAllocation(fund, { needId: needs[index], projectId: projects[index] })),
      ),
    );
  });

  afterAll(() => hub.close());

  it.each(OPERATIONS)("stay the same for two rows and for twenty: %s", async (_name, statements, query) => {
    for (const n of [2, ROWS]) {
      hub.countStatements();
      const { errors } = await hub.ask(query, { n });
      expect(errors).toBeUndefined();
      expect({ n, statements: hub.countStatements() }).toEqual({ n, statements });
    }
  });

  it.each(REFERENCES)(
    "stay the same for two references and for twenty: %s",
    async (type, ids, statements, selection) => {
      for (const n of [2, ROWS]) {
        const representations = ids.slice(0, n).map((id) => ({ __typename: type, id }));
        hub.countStatements();
        const { data, errors } = await hub.ask(
          `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
          { representations },
        );
        expect(errors).toBeUndefined();
        expect((data as { _entities: unknown[] })._entities).toHaveLength(n);
        expect({ n, statements: hub.countStatements() }).toEqual({ n, statements });
      }
    },
  );

  it("leave out the count that nobody asks for", async () => {
    hub.countStatements();
    await hub.ask("{ funds(first: 5) { nodes { id } pageInfo { hasNextPage } } }");
    expect(hub.countStatements()).toBe(1);
  });
});
