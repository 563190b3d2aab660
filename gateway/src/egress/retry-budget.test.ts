import fc from "fast-check";
import { RetryBudget } from "./retry-budget";

describe("RetryBudget", () => {
  it("allows what was saved up and a share of the requests, and no more", () => {
    const options = fc.record({ retryPercent: fc.integer({ min: 0, max: 100 }), maxSaved: fc.nat(20) });
    fc.assert(
      fc.property(options, fc.array(fc.boolean(), { maxLength: 500 }), ({ retryPercent, maxSaved }, events) => {
        const budget = new RetryBudget({ retryPercent, maxSaved });
        let requests = 0;
        let retries = 0;
        let inARow = 0;
        for (const isRequest of events) {
          if (isRequest) {
            budget.deposit();
            requests += 1;
            inARow = 0;
          } else if (budget.withdraw()) {
            retries += 1;
            inARow += 1;
          }
          expect(retries * 100).toBeLessThanOrEqual(maxSaved * 100 + requests * retryPercent);
          expect(inARow).toBeLessThanOrEqual(maxSaved);
        }
      }),
    );
  });

  it("gives every share that it promises: ten percent is one retry for each ten requests", () => {
    const budget = new RetryBudget({ retryPercent: 10, maxSaved: 1 });
    expect([budget.withdraw(), budget.withdraw()]).toEqual([true, false]);
    for (let round = 0; round < 100; round += 1) {
      for (let count = 0; count < 10; count += 1) {
        expect(budget.withdraw()).toBe(false);
        budget.deposit();
      }
      expect(budget.withdraw()).toBe(true);
    }
  });
});
