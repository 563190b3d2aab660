import { StartError } from "@alliance-hub/shared/server/start-error";
import { type AllianceUnderTest, openAlliance } from "@alliance-hub/tests/kit/alliance-under-test";
import { digestDatabase } from "@alliance-hub/tests/kit/database-digest";
import { SHARED_SUBGRAPH_NAMES } from "../alliance/shared-subgraphs";
import { DEFAULT_SEED, DEFAULT_TODAY } from "./demo-plan";
import { generateDemo } from "./generate-demo";
import { isSeeded, type SeedProgress, seedDemo } from "./seed-demo";
import { readSeedMarker } from "./seed-marker";

const DEFAULTS = { seed: DEFAULT_SEED, scale: 1, today: DEFAULT_TODAY } as const;

describe("seedDemo()", () => {
  const opened: AllianceUnderTest[] = [];

  async function open(): Promise<AllianceUnderTest["subgraphs"]> {
    const alliance = await openAlliance();
    opened.push(alliance);
    return alliance.subgraphs;
  }

  function digestAll(subgraphs: AllianceUnderTest["subgraphs"]): Promise<string[]> {
    return Promise.all(SHARED_SUBGRAPH_NAMES.map((name) => digestDatabase(subgraphs[name].database)));
  }

  /** Of an alliance that was seeded in one go, with the default inputs. */
  let digestsOfDefaults: string[];

  beforeAll(async () => {
    const subgraphs = await open();
    await seedDemo({ subgraphs });
    digestsOfDefaults = await digestAll(subgraphs);
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((alliance) => alliance.close()));
  });

  it("leaves the same bytes in two databases", async () => {
    const subgraphs = await open();
    await seedDemo({ subgraphs });
    expect(await digestAll(subgraphs)).toEqual(digestsOfDefaults);
  });

  it("does nothing the second time, and refuses other demo data with what to do", async () => {
    const subgraphs = await open();
    expect(await isSeeded(subgraphs)).toBe(false);
    const progress: SeedProgress[] = [];
    await seedDemo({ subgraphs, onProgress: (step) => progress.push(step) });
    expect(progress.filter(({ done, total }) => done === total).map(({ subgraph }) => subgraph)).toEqual([
      ...SHARED_SUBGRAPH_NAMES,
    ]);
    expect(await isSeeded(subgraphs, DEFAULTS)).toBe(true);
    expect(await isSeeded(subgraphs, { ...DEFAULTS, scale: 10 })).toBe(false);

    // What people did with the demo since then stays.
    await subgraphs.needs.database.query("DELETE FROM need_item");
    const before = await digestAll(subgraphs);
    const repeated: SeedProgress[] = [];
    await seedDemo({ subgraphs, onProgress: (step) => repeated.push(step) });
    expect(repeated).toEqual([]);
    expect(await digestAll(subgraphs)).toEqual(before);

    for (const other of [{ seed: "other" }, { scale: 10 as const }, { today: "2026-12-24" }]) {
      await expect(seedDemo({ subgraphs, ...other })).rejects.toThrow(/holds other demo data .*hub reset/);
    }
    await expect(seedDemo({ subgraphs, seed: "other" })).rejects.toBeInstanceOf(StartError);
    expect(await digestAll(subgraphs)).toEqual(before);
  });

  it("refuses a database in which somebody has written", async () => {
    const subgraphs = await open();
    const [batch] = generateDemo(DEFAULTS, "funds");
    await subgraphs.funds.database.manager.insert("fund", [...(batch?.rows ?? [])]);
    await expect(seedDemo({ subgraphs })).rejects.toThrow(/funds holds rows of its own \(fund\).*hub reset/);
    expect(await readSeedMarker(subgraphs.funds.database)).toBeUndefined();
  });

  it("leaves nothing of a subgraph when it is interrupted, and goes on where it stopped", async () => {
    const interrupted = await open();
    const empty = await digestDatabase(interrupted.needs.database);
    const failing = seedDemo({
      subgraphs: interrupted,
      *generate(inputs, subgraph) {
        let batches = 0;
        for (const batch of generateDemo(inputs, subgraph)) {
          if (subgraph === "needs" && ++batches === 4) {
            throw new Error("the power went out");
          }
          yield batch;
        }
      },
    });
    await expect(failing).rejects.toThrow("the power went out");
    expect(await digestDatabase(interrupted.needs.database)).toBe(empty);
    expect(await readSeedMarker(interrupted.organizations.database)).toEqual(DEFAULTS);
    expect(await isSeeded(interrupted)).toBe(false);

    await seedDemo({ subgraphs: interrupted });
    expect(await digestAll(interrupted)).toEqual(digestsOfDefaults);
  });

  it("lets two seeders of one database both succeed", async () => {
    const subgraphs = await open();
    await Promise.all([seedDemo({ subgraphs }), seedDemo({ subgraphs })]);
    expect(await isSeeded(subgraphs, DEFAULTS)).toBe(true);
    expect(await subgraphs.needs.database.query("SELECT count(*)::int AS count FROM need")).toEqual([{ count: 360 }]);
  });
});
