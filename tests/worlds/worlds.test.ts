import { checkWorlds } from "./check-world";

/** Always the same: new ones are for random-federations.slow.test.ts. */
const FIRST_SEED = 1;
const CASES = 150;

describe("executeOperation()", () => {
  it("answers for random federations what one graphql-js schema over the same data answers", async () => {
    await checkWorlds(FIRST_SEED, CASES);
  }, 120_000);
});
