import { makeMoney } from "@alliance-hub/shared/money";
import { arbitraryBooks, type FundBooks, writeBooks } from "@alliance-hub/tests/kit/fixtures/fund-books";
import { makeDonation, makeFund } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import fc from "fast-check";
import { Donation } from "../donation/donation.entity";
import { createFundsSubgraph } from "../subgraph";
import { Fund } from "./fund.entity";
import type { FundBalances } from "./fund-balances";
import { fundBalancesLoader } from "./fund-balances.loader";

type Sums = Record<keyof FundBalances, bigint>;

/** The same balances by another road: row by row, as bigint, each state said out loud. */
function computeBalances({ donations, allocations }: FundBooks, fund: Fund): Sums {
  const sums: Sums = { available: 0n, reserved: 0n, committed: 0n, inTransit: 0n, goods: 0n, spent: 0n };
  for (const donation of donations) {
    if (donation.fundId === fund.id && donation.refundedAt === null) {
      sums[donation.kind === "IN_KIND" ? "goods" : "available"] += BigInt(donation.amount.amountMinor);
    }
  }
  for (const { fundId, target, status, amount, disbursedMinor, inTransitMinor } of allocations) {
    const [whole, paid, sent] = [BigInt(amount.amountMinor), BigInt(disbursedMinor), BigInt(inTransitMinor)];
    if (target.id === fund.id) {
      sums.available += paid;
    }
    if (fundId !== fund.id) {
      continue;
    }
    const isReserved = status === "RESERVED" || status === "APPROVED";
    const isOpen = status === "COMMITTED" || status === "PARTLY_DISBURSED";
    sums.reserved += isReserved ? whole : 0n;
    sums.committed += isOpen ? whole - paid - sent : 0n;
    sums.inTransit += sent;
    sums.spent += paid;
    sums.available -= isReserved || isOpen ? whole : paid;
  }
  return sums;
}

describe("fundBalancesLoader", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
  });

  afterAll(() => hub.close());

  it("equals a bigint sum over the rows to the last fen, never mixing currencies, in one statement", async () => {
    const { subgraph } = hub;
    await fc.assert(
      fc.asyncProperty(arbitraryBooks, async (books) => {
        await writeBooks(subgraph.database.manager, books);
        const loader = subgraph.createContext({ requestId: "test" }).loader(fundBalancesLoader);
        hub.countStatements();
        const answers = await Promise.all(books.funds.map((fund) => loader.load(fund.id)));
        expect(hub.countStatements()).toBe(1);
        for (const [index, fund] of books.funds.entries()) {
          const sums = Object.entries(computeBalances(books, fund));
          expect(answers[index]).toEqual(
            Object.fromEntries(sums.map(([name, sum]) => [name, makeMoney(sum, fund.currency)])),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is zero in the fund's currency for a fund without rows", async () => {
    const fund = makeFund({ currency: "USD" });
    await hub.subgraph.database.manager.insert(Fund, fund);
    const loader = hub.subgraph.createContext({ requestId: "test" }).loader(fundBalancesLoader);
    expect(Object.values(await loader.load(fund.id))).toEqual(Array(6).fill(makeMoney("0", "USD")));
  });

  it("reaches the caller as a decimal string without loss", async () => {
    const fund = makeFund();
    await hub.subgraph.database.manager.insert(Fund, fund);
    const amounts = ["100000000000000001", "200000000000000002"];
    await hub.subgraph.database.manager.insert(
      Donation,
      amounts.map((amount) => makeDonation(fund, { amount: makeMoney(amount) })),
    );
    const { data } = await hub.ask(
      "query ($id: ID!) { fund(id: $id) { balances { available { amountMinor } } donations { nodes { amount { amountMinor } } } } }",
      { id: fund.id },
    );
    expect(data).toMatchObject({ fund: { balances: { available: { amountMinor: "300000000000000003" } } } });
    expect(JSON.stringify(data)).toContain('"100000000000000001"');
  });
});
