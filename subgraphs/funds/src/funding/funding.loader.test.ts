import { groupByKey } from "@alliance-hub/shared/group-by-key";
import { makeMoney } from "@alliance-hub/shared/money";
import { arbitraryBooks, writeBooks } from "@alliance-hub/tests/kit/fixtures/fund-books";
import { makeAllocation, makeFund } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { Allocation } from "../allocation/allocation.entity";
import { AllocationStatus } from "../allocation/allocation-lists";
import { Fund } from "../fund/fund.entity";
import { createFundsSubgraph } from "../subgraph";
import { fundingOfNeedLoader, fundingOfProjectLoader } from "./funding.loader";

const RESERVED = ["RESERVED", "APPROVED"];
const COMMITTED = ["COMMITTED", "PARTLY_DISBURSED", "DISBURSED", "SETTLED"];

function sumAmounts(rows: readonly Allocation[], statuses: readonly string[]): bigint {
  return rows
    .filter((row) => statuses.includes(row.status))
    .reduce((sum, row) => sum + BigInt(row.amount.amountMinor), 0n);
}

/** The same lines by another road: row by row, as bigint. */
function computeFunding(rows: readonly Allocation[]): object[] {
  return [...groupByKey(rows, (row) => row.fundId)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([fundId, ofFund]) => {
      const currency = ofFund[0]?.amount.currency;
      return {
        fundId,
        reserved: makeMoney(sumAmounts(ofFund, RESERVED), currency),
        committed: makeMoney(sumAmounts(ofFund, COMMITTED), currency),
        disbursed: makeMoney(
          ofFund.reduce((sum, row) => sum + BigInt(row.disbursedMinor), 0n),
          currency,
        ),
      };
    })
    .filter((line) => [line.reserved, line.committed, line.disbursed].some((money) => money.amountMinor !== "0"));
}

describe.each([
  ["fundingOfNeedLoader", fundingOfNeedLoader, "needId"],
  ["fundingOfProjectLoader", fundingOfProjectLoader, "projectId"],
] as const)("%s", (_name, definition, column) => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
  });

  afterAll(() => hub.close());

  it("equals a bigint sum over the rows to the last fen, one line a fund by id, in one statement", async () => {
    const { subgraph } = hub;
    await fc.assert(
      fc.asyncProperty(arbitraryBooks, async (books) => {
        await writeBooks(subgraph.database.manager, books);
        const byParent = groupByKey(books.allocations, (row) => row[column] ?? "none");
        const parents = [...byParent.keys()];
        const loader = subgraph.createContext({ requestId: "test" }).loader(definition);
        hub.countStatements();
        const answers = await Promise.all(parents.map((parent) => loader.load(parent)));
        expect(hub.countStatements()).toBe(parents.length === 0 ? 0 : 1);
        for (const [index, parent] of parents.entries()) {
          expect(answers[index]).toEqual(parent === "none" ? [] : computeFunding(byParent.get(parent) ?? []));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("keeps what a released allocation paid and leaves out funds that give nothing", async () => {
    const [paying, refusing] = [makeFund(), makeFund()];
    const parents = {
      needId: "yanling-county.need.01m6a6ft00qt6zy05gthmb57c0",
      projectId: "zz-alliance.project.01m6a6ft00qt6zy05gthmb57c0",
    };
    await hub.subgraph.database.manager.insert(Fund, [paying, refusing]);
    await hub.subgraph.database.manager.insert(Allocation, [
      makeAllocation(paying, { ...parents, status: AllocationStatus.RELEASED, disbursedMinor: "400" }),
      makeAllocation(refusing, { ...parents, status: AllocationStatus.REJECTED }),
    ]);
    const loader = hub.subgraph.createContext({ requestId: "test" }).loader(definition);
    expect(await loader.load(parents[column])).toEqual([
      { fundId: paying.id, reserved: makeMoney("0"), committed: makeMoney("0"), disbursed: makeMoney("400") },
    ]);
  });
});
