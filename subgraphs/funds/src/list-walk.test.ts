import { makeAllocation, makeDonation, makeFund, organizationId } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { Allocation } from "./allocation/allocation.entity";
import { Donation } from "./donation/donation.entity";
import { Fund } from "./fund/fund.entity";
import { createFundsSubgraph } from "./subgraph";

const manager = organizationId();
const donor = organizationId();
/** Few keys for many rows: the walk must tell ties apart. Names differ in case and script, where collations disagree. */
const NAMES = ["a fund", "A fund", "基金"];
const INSTANTS = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "2026-06-01T12:00:00.000Z"];

const funds = Array.from({ length: 11 }, (_, index) => makeFund({ managerId: manager, name: NAMES[index % 3] }));
const [first] = funds as [Fund];
const donations = Array.from({ length: 14 }, (_, index) =>
  makeDonation(first, { donorOrganizationId: donor, receivedAt: new Date(INSTANTS[index % 3] as string) }),
);
const allocations = Array.from({ length: 13 }, (_, index) =>
  makeAllocation(first, { createdAt: new Date(INSTANTS[index % 3] as string) }),
);

interface Row {
  readonly id: string;
  readonly key: string;
}

/** Code units, then ids: what every owner agrees on (INV-33). */
function sortRows(rows: readonly Row[], direction: 1 | -1): string[] {
  const compare = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
  return [...rows]
    .sort((left, right) => direction * (compare(left.key, right.key) || compare(left.id, right.id)))
    .map((row) => row.id);
}

const fundIds = sortRows(
  funds.map(({ id, name }) => ({ id, key: name })),
  1,
);
const donationIds = sortRows(
  donations.map(({ id, receivedAt }) => ({ id, key: receivedAt.toISOString() })),
  -1,
);
const allocationIds = sortRows(
  allocations.map(({ id, createdAt }) => ({ id, key: createdAt.toISOString() })),
  -1,
);

const ARGUMENTS = "first: $first, after: $after, last: $last, before: $before";
const PAGE = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
const LISTS: readonly [name: string, selection: string, expected: readonly string[]][] = [
  ["funds", `list: funds(${ARGUMENTS}) { ${PAGE} }`, fundIds],
  ["donations", `list: donations(${ARGUMENTS}) { ${PAGE} }`, donationIds],
  ["allocations", `list: allocations(${ARGUMENTS}) { ${PAGE} }`, allocationIds],
  ["Fund.donations", `parent: fund(id: $fund) { list: donations(${ARGUMENTS}) { ${PAGE} } }`, donationIds],
  ["Fund.allocations", `parent: fund(id: $fund) { list: allocations(${ARGUMENTS}) { ${PAGE} } }`, allocationIds],
  [
    "Organization.fundsManaged",
    `parents: _entities(representations: $manager) { ... on Organization { list: fundsManaged(${ARGUMENTS}) { ${PAGE} } } }`,
    fundIds,
  ],
  [
    "Organization.donationsGiven",
    `parents: _entities(representations: $donor) { ... on Organization { list: donationsGiven(${ARGUMENTS}) { ${PAGE} } } }`,
    donationIds,
  ],
];

interface WalkedPage {
  readonly nodes: readonly { id: string }[];
  readonly pageInfo: Record<"startCursor" | "endCursor", string | null> &
    Record<"hasNextPage" | "hasPreviousPage", boolean>;
}

describe("a walk over a list", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
    await hub.subgraph.database.manager.insert(Fund, funds);
    await hub.subgraph.database.manager.insert(Donation, donations);
    await hub.subgraph.database.manager.insert(Allocation, allocations);
  });

  afterAll(() => hub.close());

  async function readPage(selection: string, place: Record<string, unknown>): Promise<WalkedPage> {
    const used = Object.entries({ fund: "ID!", manager: "[_Any!]!", donor: "[_Any!]!" }).filter(([name]) =>
      selection.includes(`$${name}`),
    );
    const variables = {
      fund: first.id,
      manager: [{ __typename: "Organization", id: manager }],
      donor: [{ __typename: "Organization", id: donor }],
    };
    const declared = used.map(([name, type]) => `, $${name}: ${type}`).join("");
    const { data, errors } = await hub.ask(
      `query ($first: Int, $after: String, $last: Int, $before: String${declared}) { ${selection} }`,
      { ...variables, ...place },
    );
    expect(errors).toBeUndefined();
    const { list, parent, parents } = data as {
      list?: WalkedPage;
      parent?: { list: WalkedPage };
      parents?: [{ list: WalkedPage }];
    };
    return (list ?? parent?.list ?? parents?.[0].list) as WalkedPage;
  }

  async function walk(selection: string, size: number, isForward: boolean): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page: WalkedPage = await readPage(
        selection,
        isForward ? { first: size, after: cursor } : { last: size, before: cursor },
      );
      const pageIds = page.nodes.map((node) => node.id);
      ids.splice(isForward ? ids.length : 0, 0, ...pageIds);
      cursor = isForward ? page.pageInfo.endCursor : page.pageInfo.startCursor;
      if (!(isForward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) {
        return ids;
      }
    }
  }

  it.each(LISTS)(
    "meets each row of %s exactly once, in order, in either direction (INV-33)",
    async (_name, selection, expected) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 15 }), fc.boolean(), async (size, isForward) => {
          expect(await walk(selection, size, isForward)).toEqual(expected);
        }),
        { numRuns: 12 },
      );
    },
  );
});
