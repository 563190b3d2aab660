import { checkWorlds, drawFirstSeed } from "./check-world";

const CASES = Number(process.env["WORLD_CASES"] ?? 5_000);
/** A failure names the world that it was found in: with `WORLD_SEED=` of it, it is the first one. */
const FIRST_SEED = Number(process.env["WORLD_SEED"] ?? drawFirstSeed());

describe("executeOperation()", () => {
  it(
    `answers for random federations, from seed ${FIRST_SEED}, what one graphql-js schema over the same data answers, with no more fetches than planned`,
    async () => {
      const { compared, invalid, unplanned } = await checkWorlds(FIRST_SEED, CASES);
      // The property says little unless most operations are answered.
      expect(invalid).toBeLessThan(compared / 2);
      expect(unplanned).toBeLessThan(compared / 50);
    },
    120_000 + CASES * 400,
  );
});
