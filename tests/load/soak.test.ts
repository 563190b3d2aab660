import { SoakRun } from "./soak-run";

const REQUESTS = Number(process.env["SOAK_REQUESTS"] ?? 20_000);
const FIRST_SEED = Number(process.env["SOAK_SEED"] ?? Math.floor(Math.random() * 1_000_000_000));
const MEBIBYTE = 1024 * 1024;

describe("a gateway under random and mutated requests", () => {
  let run: SoakRun;

  beforeAll(async () => {
    run = await SoakRun.start(FIRST_SEED);
  });

  afterAll(() => run.stop());

  async function runMany(from: number, to: number): Promise<void> {
    await run.sendMany(from, to);
    expect({ faults: run.faults, firstSeed: FIRST_SEED }).toEqual({ faults: [], firstSeed: FIRST_SEED });
  }

  it(
    `answers ${REQUESTS} of them, from seed ${FIRST_SEED}, with its memory flat`,
    async () => {
      const quarter = Math.floor(REQUESTS / 4);
      await runMany(0, quarter);
      const early = await run.measureMemory();
      await runMany(quarter, REQUESTS);
      const late = await run.measureMemory();
      expect(late.heapBytes).toBeLessThan(early.heapBytes * 1.25 + 16 * MEBIBYTE);
      expect(await run.askName()).toEqual({ data: { me: { name: "Ann" } } });
    },
    60_000 + REQUESTS * 20,
  );
});
